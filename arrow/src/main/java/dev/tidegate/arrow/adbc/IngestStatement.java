package dev.tidegate.arrow.adbc;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.arrow.load.TargetTypes;
import dev.tidegate.client.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.core.BulkIngestMode;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Loads the batch that is bound into a table, which it makes where the mode says so. The table and its rows come together or not at all. */
final class IngestStatement implements AdbcStatement {
    private final SqlServerConnection connection;
    private final String table;
    private final BulkIngestMode mode;
    private VectorSchemaRoot bound;

    IngestStatement(SqlServerConnection connection, String table, BulkIngestMode mode) {
        this.connection = connection;
        this.table = table;
        this.mode = mode;
    }

    /** @param root kept, not copied: it must stay as it is until the statement has run */
    @Override
    public void bind(VectorSchemaRoot root) {
        bound = root;
    }

    @Override
    public void prepare() throws AdbcException {
        requireBatch();
    }

    private void requireBatch() throws AdbcException {
        if (bound == null) {
            throw AdbcException.invalidState("there is nothing to load: bind a batch first");
        }
    }

    @Override
    public QueryResult executeQuery() throws AdbcException {
        throw AdbcException.invalidState("a load gives no rows: call executeUpdate");
    }

    /** @return rows stored */
    @Override
    public UpdateResult executeUpdate() throws AdbcException {
        requireBatch();
        return SqlServerConnection.told(() -> {
            connection.beginIfNeeded();
            return new UpdateResult(Together.run(connection.client(), this::load));
        });
    }

    private long load() throws SQLException {
        String name = TableName.parse(table).sql();
        if (mode == BulkIngestMode.REPLACE) {
            connection.run("DROP TABLE IF EXISTS " + name);
        }
        String create = "CREATE TABLE " + name + " (" + columns(bound.getSchema()) + ")";
        switch (mode) {
            case CREATE, REPLACE -> connection.run(create);
            case CREATE_APPEND ->
                connection.run("IF OBJECT_ID(" + TableName.literal(name) + ", N'U') IS NULL " + create);
            case APPEND -> {}
        }
        return TidegateArrow.load(connection.client(), table, new RootReader(connection.allocator(), bound, false));
    }

    private static String columns(Schema schema) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (Field field : schema.getFields()) {
            columns.add(TableName.quote(field.getName()) + " "
                    + TargetTypes.of(field).toSql() + (field.isNullable() ? " NULL" : " NOT NULL"));
        }
        return String.join(", ", columns);
    }

    @Override
    public void cancel() {
        connection.cancel();
    }

    @Override
    public void close() {}
}
