package dev.tidegate.arrow.adbc;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.arrow.load.BoundValues;
import dev.tidegate.arrow.read.ArrowReadOptions;
import dev.tidegate.arrow.read.Parameterized;
import dev.tidegate.arrow.read.QueryReader;
import dev.tidegate.client.Item;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.core.TypedKey;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Runs T-SQL. Parameters are written {@code @p1}, {@code @p2}, … and bound by their places, or with names of their own and bound by columns
 * of those names. One thread at a time; {@link #cancel} comes from any.
 */
final class SqlServerStatement implements AdbcStatement {
    /** How many parts {@link #executePartitioned} makes at most: 1 to 4096, 16 unless set. */
    static final TypedKey<Integer> PARTITIONS = new TypedKey<>("adbc.tidegate.partitions", Integer.class);

    private static final int MOST_PARTITIONS = 4096;

    private final SqlServerConnection connection;
    private String sql;
    private VectorSchemaRoot bound;
    private ArrowReader reader;
    private int partitions = 16;

    SqlServerStatement(SqlServerConnection connection) {
        this.connection = connection;
    }

    @Override
    public void setSqlQuery(String query) {
        sql = query;
    }

    /** @param root kept, not copied: it must stay as it is until the statement has run */
    @Override
    public void bind(VectorSchemaRoot root) {
        bound = root;
    }

    /** Nothing is sent: a statement with parameters runs by sp_executesql, whose plans the server keeps by the text. */
    @Override
    public void prepare() throws AdbcException {
        requireQuery();
    }

    private void requireQuery() throws AdbcException {
        if (sql == null) {
            throw AdbcException.invalidState("there is nothing to run: call setSqlQuery first");
        }
    }

    /**
     * Runs the query, or runs it with each row that is bound, one after the other: the next when all rows that the one before gives have
     * been read. The values are taken now.
     */
    @Override
    public QueryResult executeQuery() throws AdbcException {
        requireQuery();
        if (bound != null && bound.getRowCount() == 0) {
            throw AdbcException.invalidArgument(
                    "no row of parameters is bound: there is nothing to run the query with");
        }
        return SqlServerConnection.told(() -> {
            List<List<Parameter>> rows = bound == null ? List.of(List.of()) : allRows(new BoundValues(bound));
            connection.beginIfNeeded();
            closeReader();
            reader = rows.size() == 1 ? query(rows.get(0)) : queries(rows);
            return new QueryResult(-1, reader);
        });
    }

    private static List<List<Parameter>> allRows(BoundValues values) throws SQLException {
        List<List<Parameter>> rows = new ArrayList<>();
        for (int row = 0; row < values.rows(); row++) {
            rows.add(values.row(row));
        }
        return rows;
    }

    private QueryReader query(List<Parameter> parameters) throws SQLException {
        return TidegateArrow.query(
                connection.client(), sql, parameters, connection.allocator(), ArrowReadOptions.DEFAULTS);
    }

    private ArrowReader queries(List<List<Parameter>> rows) throws SQLException {
        try {
            return new EachRowReader(connection.allocator(), this::query, rows);
        } catch (IOException e) {
            throw cause(e);
        }
    }

    /**
     * Runs the statement once, or once for each row that is bound. With several rows all take effect or, if one fails, none.
     *
     * @return rows changed, or -1 if the server does not count them
     */
    @Override
    public UpdateResult executeUpdate() throws AdbcException {
        requireQuery();
        return SqlServerConnection.told(() -> {
            connection.beginIfNeeded();
            return new UpdateResult(bound == null ? changed(List.of()) : changedByAll(new BoundValues(bound)));
        });
    }

    private long changedByAll(BoundValues rows) throws SQLException {
        if (rows.rows() == 0) {
            return 0;
        }
        return Together.run(connection.client(), () -> {
            long sum = 0;
            for (int row = 0; row < rows.rows(); row++) {
                long count = changed(rows.row(row));
                sum = count < 0 || sum < 0 ? -1 : sum + count;
            }
            return sum;
        });
    }

    private long changed(List<Parameter> parameters) throws SQLException {
        long count = -1;
        try (Response response = Parameterized.run(connection.client(), sql, parameters, RequestOptions.DEFAULTS)) {
            for (Item item = response.next(); item != null; item = response.next()) {
                if (item instanceof Item.UpdateCount update) {
                    count = Math.max(count, 0) + update.count();
                }
            }
        }
        return count;
    }

    /** The schema that the rows of {@link #executeQuery} will have, from the server's description; the query does not run. */
    @Override
    public Schema executeSchema() throws AdbcException {
        requireQuery();
        return SqlServerConnection.told(() -> {
            List<Parameter> parameters =
                    bound == null || bound.getRowCount() == 0 ? List.of() : new BoundValues(bound).row(0);
            return new Descriptions(connection.client()).rows(sql, parameters);
        });
    }

    /** The parameters that the text does not declare, by their names, of the types that the server suggests. */
    @Override
    public Schema getParameterSchema() throws AdbcException {
        requireQuery();
        return SqlServerConnection.told(() -> new Descriptions(connection.client()).parameters(sql));
    }

    /**
     * Divides the rows of a {@code SELECT columns FROM table} by ranges of the table's key, as docs/arrow.md says; reads none of them.
     * Each part is read by {@link SqlServerConnection#readPartition} of any connection to the same server, for itself: there is no
     * common snapshot.
     */
    @Override
    public PartitionResult executePartitioned() throws AdbcException {
        requireQuery();
        if (bound != null) {
            throw AdbcException.notImplemented("a query with parameters is not divided");
        }
        return SqlServerConnection.told(() -> {
            connection.beginIfNeeded();
            return Partitioning.of(connection.client(), sql, partitions);
        });
    }

    /** @param key {@code new TypedKey<>("adbc.tidegate.partitions", Integer.class)} is the only one */
    @Override
    public <T> void setOption(TypedKey<T> key, T value) throws AdbcException {
        if (!key.getKey().equals(PARTITIONS.getKey())) {
            throw AdbcException.notImplemented(
                    "there is no option " + key.getKey() + "; there is " + PARTITIONS.getKey() + ", an Integer");
        }
        if (!(value instanceof Integer wanted) || wanted < 1 || wanted > MOST_PARTITIONS) {
            throw AdbcException.invalidArgument(
                    key.getKey() + " is a number from 1 to " + MOST_PARTITIONS + ", and not " + value);
        }
        partitions = wanted;
    }

    @Override
    public void cancel() {
        connection.cancel();
    }

    private void closeReader() throws SQLException {
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                throw cause(e);
            }
            reader = null;
        }
    }

    private static SQLException cause(IOException e) {
        return e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
    }

    /** Closes the reader of its query with it. */
    @Override
    public void close() throws AdbcException {
        SqlServerConnection.told(() -> {
            closeReader();
            return null;
        });
    }
}
