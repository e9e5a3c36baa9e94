package dev.tidegate.duckdb.push;

import dev.tidegate.client.Item;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/**
 * The same rows on an embedded server (tables t and w) and in DuckDB (schema {@code local}). In DuckDB's main schema t and w are views
 * over scan functions that are only planned, never run.
 */
final class TwoCopies implements AutoCloseable {
    static final int ROWS = 160;

    private final EmbeddedSqlServer server;
    private final TdsConnection client;
    private final Connection duckdb;
    private final List<String> copied = new ArrayList<>();

    TwoCopies() throws IOException, SQLException {
        server = EmbeddedSqlServer.builder()
                .database("demo")
                .login("sa", "Secret-1")
                .start();
        client = TdsConnection.open(ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(server.port())
                .database("demo")
                .login("sa", "Secret-1")
                .set(ConnectionProperty.ENCRYPT, "false")
                .build());
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        execute("CREATE SCHEMA local");
        execute("SET TimeZone = 'UTC'");
        for (String table : List.of("t", "w")) {
            create(table);
        }
        fill();
    }

    Connection duckdb() {
        return duckdb;
    }

    static Map<String, RemoteTable> scans() {
        return Map.of("scan_t", Sample.table("t"), "scan_w", Sample.table("w"));
    }

    private void create(String table) throws SQLException {
        String columns = Sample.COLUMNS.stream()
                .map(column -> Identifiers.sqlServer(column.name()) + " " + column.type()
                        + (column.name().equals("id") ? " NOT NULL" : " NULL"))
                .collect(Collectors.joining(", "));
        remotely("CREATE TABLE dbo." + table + " (" + columns + ")", List.of());
        copy("CREATE TABLE local." + table + " ("
                + Sample.COLUMNS.stream()
                        .map(column -> column.name() + " " + column.duckdb())
                        .collect(Collectors.joining(", "))
                + ")");
        try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
            builder.withName("scan_" + table)
                    .withProjectionPushdown()
                    .withFunction(new Planned(table))
                    .register(duckdb);
        }
        execute("CREATE VIEW " + table + " AS SELECT "
                + Sample.COLUMNS.stream()
                        .map(column ->
                                String.format(column.projection(), column.scanName(table)) + " AS " + column.name())
                        .collect(Collectors.joining(", "))
                + " FROM scan_" + table + "()");
    }

    private void fill() throws SQLException {
        Random random = new Random(20_260_101);
        for (int id = 0; id < ROWS; id++) {
            List<Parameter> parameters = new ArrayList<>();
            List<String> literals = new ArrayList<>();
            for (Sample.Column column : Sample.COLUMNS) {
                List<Object> values = column.values();
                int choice = random.nextInt(values.size() + 1);
                Object value = values.isEmpty() ? (Object) id : choice == values.size() ? null : values.get(choice);
                parameters.add(Parameter.in("@p" + (parameters.size() + 1), column.info(), value));
                literals.add(column.literal(value));
            }
            String table = id % 4 == 0 ? "w" : "t";
            remotely(
                    "INSERT INTO dbo." + table + " VALUES ("
                            + parameters.stream().map(Parameter::name).collect(Collectors.joining(", ")) + ")",
                    parameters);
            copy("INSERT INTO local." + table + " VALUES (" + String.join(", ", literals) + ")");
        }
    }

    private void copy(String sql) throws SQLException {
        execute(sql);
        copied.add(sql);
    }

    /** Where the embedded server's tables can be attached from. */
    String url() {
        return "mssql://sa:Secret-1@127.0.0.1:" + server.port() + "/demo?encrypt=false";
    }

    /** Makes the schema {@code local} in another DuckDB, too. */
    void copyTo(Connection other) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute("CREATE SCHEMA local");
            for (String sql : copied) {
                statement.execute(sql);
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows of a DuckDB query as texts. */
    List<String> locally(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    cells.add(String.valueOf(rows.getObject(column)));
                }
                texts.add(String.join("|", cells));
            }
            return texts;
        }
    }

    /** The rows of a query over t and w, answered by DuckDB from its copies. */
    List<String> locally(String query, List<PushDown.ResultColumn> columns) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        execute("SET search_path = 'local'");
        try (Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= columns.size(); column++) {
                    // A java.sql.Timestamp would have its days before 1583 in another calendar.
                    boolean timestamp = columns.get(column - 1).duckdbType().matches("TIMESTAMP(_NS)?");
                    row.add(timestamp ? result.getObject(column, LocalDateTime.class) : result.getObject(column));
                }
                rows.add(row);
            }
        } finally {
            execute("SET search_path = 'main'");
        }
        return texts(rows);
    }

    /** A statement in which t and w are the copies. */
    void locallyExecute(String sql) throws SQLException {
        execute("SET search_path = 'local'");
        try {
            execute(sql);
        } finally {
            execute("SET search_path = 'main'");
        }
    }

    static List<String> texts(List<List<Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(TwoCopies::text).collect(Collectors.joining("|")))
                .toList();
    }

    /** One text for a value, whatever Java class either side gives it. */
    static String text(Object value) {
        if (value instanceof Blob blob) {
            try {
                return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toString();
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                return String.valueOf(number);
            }
        }
        if (value instanceof Number number) {
            BigDecimal decimal = new BigDecimal(number.toString());
            return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
        }
        return String.valueOf(value);
    }

    /** The ids that a request answers. */
    List<Integer> ids(Tsql request) throws SQLException {
        return remotely(request.sql(), request.parameters()).stream()
                .map(row -> (Integer) row.get(0))
                .toList();
    }

    List<List<Object>> remotely(String sql, List<Parameter> parameters) throws SQLException {
        try (Response response = parameters.isEmpty()
                ? client.execute(sql)
                : client.call(ProcedureCall.executeSql(sql, parameters), RequestOptions.DEFAULTS)) {
            List<List<Object>> rows = new ArrayList<>();
            for (Item item = response.next(); item != null; item = response.next()) {
                if (item instanceof Item.Rows result) {
                    while (response.nextRow()) {
                        List<Object> row = new ArrayList<>();
                        for (int column = 0; column < result.columns().size(); column++) {
                            row.add(response.row().getObject(column));
                        }
                        rows.add(row);
                    }
                }
            }
            return rows;
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        duckdb.close();
        client.close();
        server.close();
    }

    /** A scan that EXPLAIN shows. */
    private record Planned(String table) implements DuckDBTableFunction<Object, Object, Object> {
        @Override
        public Object bind(DuckDBTableFunctionBindInfo info) throws SQLException {
            for (Sample.Column column : Sample.COLUMNS) {
                try (DuckDBLogicalType type = column.duckdb().startsWith("DECIMAL")
                        ? DuckDBLogicalType.decimal(
                                column.info().precision() == 0
                                        ? 19
                                        : column.info().precision(),
                                column.info().precision() == 0
                                        ? 4
                                        : column.info().scale())
                        : DuckDBLogicalType.of(column.carrier())) {
                    info.addResultColumn(column.scanName(table), type);
                }
            }
            return this;
        }

        @Override
        public Object init(DuckDBTableFunctionInitInfo info) {
            return this;
        }

        @Override
        public Object localInit(DuckDBTableFunctionInitInfo info) {
            return null;
        }

        @Override
        public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) throws SQLException {
            throw new SQLException("a scan ran that was only to be planned");
        }
    }
}
