package dev.tidegate.bench.engine;

import dev.tidegate.bench.data.Field;
import dev.tidegate.bench.data.Kind;
import dev.tidegate.bench.replay.Clients;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** What a program does without Tidegate: it asks mssql-jdbc for each value and hands it to DuckDB's appender. */
final class AppenderReader extends DuckDbReader {
    private static final Kind[] KINDS =
            LineItemServer.SET.fields().stream().map(Field::kind).toArray(Kind[]::new);

    private final Connection server;
    private final String createTable;

    AppenderReader(int port) throws SQLException {
        super(DriverManager.getConnection("jdbc:duckdb:"));
        this.server = Clients.open(Clients.microsoft(port));
        this.createTable = LineItemServer.SET.fields().stream()
                .map(field -> field.name() + " " + field.type().toSql())
                .collect(Collectors.joining(", ", "CREATE OR REPLACE TABLE " + LineItemServer.SET.table() + " (", ")"));
    }

    @Override
    public long read() throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(createTable);
        }
        DuckDBConnection own = duckdb.unwrap(DuckDBConnection.class);
        try (Statement statement = server.createStatement();
                ResultSet rows = statement.executeQuery(LineItemServer.SET.query());
                DuckDBAppender appender = own.createAppender(DuckDBConnection.DEFAULT_SCHEMA, LineItemServer.SET.table())) {
            long read = 0;
            while (rows.next()) {
                append(rows, appender);
                read++;
            }
            return read;
        }
    }

    /** No column of lineitem has a NULL. */
    private static void append(ResultSet rows, DuckDBAppender appender) throws SQLException {
        appender.beginRow();
        for (int i = 0; i < KINDS.length; i++) {
            switch (KINDS[i]) {
                case INT -> appender.append(rows.getInt(i + 1));
                case LONG -> appender.append(rows.getLong(i + 1));
                case DECIMAL -> appender.append(rows.getBigDecimal(i + 1));
                case DATE -> appender.append(rows.getObject(i + 1, LocalDate.class));
                case TEXT -> appender.append(rows.getString(i + 1));
                default -> throw new IllegalStateException("lineitem has no column of kind " + KINDS[i]);
            }
        }
        appender.endRow();
    }

    @Override
    public void close() throws SQLException {
        try (server) {
            super.close();
        }
    }
}
