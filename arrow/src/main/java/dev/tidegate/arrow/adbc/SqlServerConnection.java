package dev.tidegate.arrow.adbc;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.arrow.read.ArrowReadOptions;
import dev.tidegate.arrow.read.ReadMapping;
import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.range.Rows;
import dev.tidegate.tds.token.Column;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.arrow.adbc.core.AdbcConnection;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.core.BulkIngestMode;
import org.apache.arrow.adbc.core.IsolationLevel;
import org.apache.arrow.adbc.core.StandardSchemas;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One connection. As long as the reader of a query is open, other requests are refused with INVALID_STATE. {@link #cancel} and {@link #close}
 * may come from any thread, the rest from one at a time.
 */
final class SqlServerConnection implements AdbcConnection {
    private final TdsConnection client;
    private final BufferAllocator allocator;
    private boolean autoCommit = true;
    private IsolationLevel isolation = IsolationLevel.DEFAULT;

    SqlServerConnection(TdsConnection client, BufferAllocator allocator) {
        this.client = client;
        this.allocator = allocator;
    }

    TdsConnection client() {
        return client;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    @Override
    public AdbcStatement createStatement() {
        return new SqlServerStatement(this);
    }

    /** @param targetTableName as T-SQL would have it: one to three parts, quoted where need be */
    @Override
    public AdbcStatement bulkIngest(String targetTableName, BulkIngestMode mode) {
        return new IngestStatement(this, targetTableName, mode);
    }

    @Override
    public void cancel() {
        client.cancel();
    }

    /** What is done with the connection; its errors are told as ADBC's. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException, AdbcException;
    }

    static <T> T told(Work<T> work) throws AdbcException {
        try {
            return work.run();
        } catch (SQLException e) {
            throw AdbcErrors.of(e);
        } catch (IllegalArgumentException e) {
            throw AdbcException.invalidArgument(e.getMessage()).withCause(e);
        }
    }

    /** Without auto-commit the first statement begins a transaction. */
    void beginIfNeeded() throws SQLException {
        if (!autoCommit && !client.inTransaction()) {
            client.begin(dev.tidegate.client.IsolationLevel.CURRENT);
        }
    }

    void run(String sql) throws SQLException {
        try (Response response = client.execute(sql)) {
            response.finish();
        }
    }

    @Override
    public boolean getAutoCommit() {
        return autoCommit;
    }

    /** Commits the open transaction if it is switched on. */
    @Override
    public void setAutoCommit(boolean enable) throws AdbcException {
        if (enable && !autoCommit) {
            commit();
        }
        autoCommit = enable;
    }

    @Override
    public void commit() throws AdbcException {
        requireTransactions("commit");
        told(() -> {
            if (client.inTransaction()) {
                client.commit();
            }
            return null;
        });
    }

    @Override
    public void rollback() throws AdbcException {
        requireTransactions("roll back");
        told(() -> {
            if (client.inTransaction() || client.hasLostTransaction()) {
                client.rollback();
            }
            return null;
        });
    }

    private void requireTransactions(String what) throws AdbcException {
        if (autoCommit) {
            throw AdbcException.invalidState("there is nothing to " + what
                    + ": every statement is committed by itself; setAutoCommit(false) first");
        }
    }

    @Override
    public IsolationLevel getIsolationLevel() {
        return isolation;
    }

    /** Of the transactions from now on; DEFAULT is READ_COMMITTED. */
    @Override
    public void setIsolationLevel(IsolationLevel level) throws AdbcException {
        dev.tidegate.client.IsolationLevel wanted = switch (level) {
            case DEFAULT, READ_COMMITTED -> dev.tidegate.client.IsolationLevel.READ_COMMITTED;
            case READ_UNCOMMITTED -> dev.tidegate.client.IsolationLevel.READ_UNCOMMITTED;
            case REPEATABLE_READ -> dev.tidegate.client.IsolationLevel.REPEATABLE_READ;
            case SNAPSHOT -> dev.tidegate.client.IsolationLevel.SNAPSHOT;
            case SERIALIZABLE -> dev.tidegate.client.IsolationLevel.SERIALIZABLE;
            case LINEARIZABLE -> throw AdbcException.notImplemented("SQL Server has no isolation level LINEARIZABLE");
        };
        told(() -> {
            client.setIsolation(wanted);
            return null;
        });
        isolation = level;
    }

    @Override
    public boolean getReadOnly() {
        return false;
    }

    @Override
    public void setReadOnly(boolean readOnly) throws AdbcException {
        if (readOnly) {
            throw AdbcException.notImplemented(
                    "a session of SQL Server cannot be made read-only; use a login that may only read, or"
                            + " applicationIntent=ReadOnly to reach a readable replica");
        }
    }

    @Override
    public String getCurrentCatalog() {
        return client.database();
    }

    @Override
    public void setCurrentCatalog(String catalog) throws AdbcException {
        told(() -> {
            run("USE " + TableName.quote(catalog));
            return null;
        });
    }

    /** That of the user, in which names without a schema are looked for first. */
    @Override
    public String getCurrentDbSchema() throws AdbcException {
        return told(() -> String.valueOf(Rows.of(client, "SELECT SCHEMA_NAME()").get(0)[0]));
    }

    /** @param schema only the one that {@link #getCurrentDbSchema} tells: a session has no other */
    @Override
    public void setCurrentDbSchema(String schema) throws AdbcException {
        String own = getCurrentDbSchema();
        if (!own.equals(schema)) {
            throw AdbcException.notImplemented("a session of SQL Server has the schema of its user, " + own
                    + ", which ALTER USER" + " … WITH DEFAULT_SCHEMA sets; write the schema before the table");
        }
    }

    /**
     * The rows of one of the parts that executePartitioned gave, on this or another connection to the same server.
     *
     * @param descriptor refused with INVALID_ARGUMENT if it is not one of those
     */
    @Override
    public ArrowReader readPartition(ByteBuffer descriptor) throws AdbcException {
        return told(() -> {
            String sql = Partition.of(descriptor).sql();
            beginIfNeeded();
            return TidegateArrow.query(client, sql, List.of(), allocator);
        });
    }

    /**
     * Of the tables, not of views. Approximate ones are the rows of each table as the catalog has them; the others are counted, all rows
     * and for each column those without a value, which takes the server a look at all tables that are asked for.
     */
    @Override
    public ArrowReader getStatistics(
            String catalogPattern, String dbSchemaPattern, String tableNamePattern, boolean approximate)
            throws AdbcException {
        CatalogQuery query = new CatalogQuery(
                this,
                approximate ? GetObjectsDepth.TABLES : GetObjectsDepth.ALL,
                dbSchemaPattern,
                tableNamePattern,
                new String[] {CatalogQuery.TABLE},
                null);
        return told(() -> new RootReader(
                allocator,
                StatisticsBatch.of(
                        new Statistics(this, approximate).of(query.run(catalogPattern)), approximate, allocator),
                true));
    }

    /** None: those that there are have the numbers of the standard. */
    @Override
    public ArrowReader getStatisticNames() {
        VectorSchemaRoot root = VectorSchemaRoot.create(StandardSchemas.GET_STATISTIC_NAMES_SCHEMA, allocator);
        root.setRowCount(0);
        return new RootReader(allocator, root, true);
    }

    @Override
    public ArrowReader getInfo(int[] infoCodes) {
        return new RootReader(allocator, InfoBatch.of(client.serverInfo(), infoCodes, allocator), true);
    }

    /**
     * The databases that the login may enter, and what is in them. Patterns have % and _, and follow the collation of each database; null is
     * everything.
     */
    @Override
    public ArrowReader getObjects(
            GetObjectsDepth depth,
            String catalogPattern,
            String dbSchemaPattern,
            String tableNamePattern,
            String[] tableTypes,
            String columnNamePattern)
            throws AdbcException {
        CatalogQuery query =
                new CatalogQuery(this, depth, dbSchemaPattern, tableNamePattern, tableTypes, columnNamePattern);
        return told(() -> new RootReader(allocator, ObjectsBatch.of(query.run(catalogPattern), allocator), true));
    }

    /** @throws AdbcException NOT_FOUND if there is no such table or view */
    @Override
    public Schema getTableSchema(String catalog, String dbSchema, String tableName) throws AdbcException {
        boolean needsSchema = catalog != null && dbSchema == null;
        TableName table = new TableName(Stream.of(catalog, needsSchema ? "" : dbSchema, tableName)
                .filter(Objects::nonNull)
                .toList());
        return told(() -> {
            try (Response response = client.execute("SELECT TOP 0 * FROM " + table.sql())) {
                List<Column> columns = new ArrayList<>();
                for (Item item = response.next(); item != null; item = response.next()) {
                    if (item instanceof Item.Rows described) {
                        columns.addAll(described.columns());
                    }
                }
                return new ReadMapping(ArrowReadOptions.DEFAULTS).schema(columns);
            }
        });
    }

    @Override
    public ArrowReader getTableTypes() {
        VectorSchemaRoot root = VectorSchemaRoot.create(StandardSchemas.TABLE_TYPES_SCHEMA, allocator);
        VarCharVector types = (VarCharVector) root.getVector(0);
        types.setSafe(0, CatalogQuery.TABLE.getBytes(StandardCharsets.US_ASCII));
        types.setSafe(1, CatalogQuery.VIEW.getBytes(StandardCharsets.US_ASCII));
        root.setRowCount(2);
        return new RootReader(allocator, root, true);
    }

    @Override
    public void close() {
        client.close();
    }
}
