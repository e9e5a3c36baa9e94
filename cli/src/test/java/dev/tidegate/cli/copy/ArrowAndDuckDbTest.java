package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.arrow.read.QueryReader;
import dev.tidegate.cli.Main;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.heap.HeapBackend;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of one query, Arrow's reader gives the values that DuckDB's scan gives, for every type of SQL Server in docs/types.md. */
@Timeout(60)
class ArrowAndDuckDbTest {
    private static final String QUERY = "SELECT * FROM s";

    @TempDir
    private Path directory;

    static List<Arguments> types() {
        return Stream.concat(TypesFullPathTest.serverTypes().stream(), TypesFullPathTest.readOnlyTypes().stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("types")
    void bothReadTheSame(String sqlType, Object value) throws Exception {
        HeapBackend backend = new HeapBackend();
        backend.create("s", "[x] " + sqlType + " NULL").add(value).add((Object) null).add(value);
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                .backend(backend)
                .login("sa", "pass")
                .start()) {
            List<Object> inArrow = byArrow(server);
            assertThat(inArrow).hasSize(3);
            assertThat(inArrow.get(0)).isNotNull().isEqualTo(inArrow.get(2));
            assertThat(inArrow.get(1)).isNull();
            assertThat(inArrow).isEqualTo(byDuckDb(server));
        }
    }

    private static List<Object> byArrow(EmbeddedSqlServer server) throws Exception {
        ConnectionSettings settings = ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(server.port())
                .login("sa", "pass")
                .set(ConnectionProperty.ENCRYPT, "false")
                .build();
        List<Object> values = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                TdsConnection connection = TdsConnection.open(settings);
                QueryReader reader = TidegateArrow.query(connection, QUERY, List.of(), allocator)) {
            while (reader.loadNextBatch()) {
                FieldVector vector = reader.getVectorSchemaRoot().getVector(0);
                for (int row = 0; row < vector.getValueCount(); row++) {
                    values.add(vector.isNull(row) ? null : plain(vector.getField(), vector.getObject(row)));
                }
            }
        }
        return values;
    }

    private static Object plain(Field field, Object value) {
        ArrowType type = field.getType();
        if (type instanceof ArrowType.Date) {
            return LocalDate.ofEpochDay((Integer) value);
        } else if (type instanceof ArrowType.Time time) {
            return LocalTime.ofNanoOfDay((Long) value * (time.getUnit() == TimeUnit.NANOSECOND ? 1 : 1000));
        } else if (type instanceof ArrowType.Timestamp instant && instant.getTimezone() != null) {
            return OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                    .plus((Long) value, instant.getUnit() == TimeUnit.NANOSECOND ? ChronoUnit.NANOS : ChronoUnit.MICROS);
        } else if (type instanceof ArrowType.Int whole && !whole.getIsSigned()) {
            return String.valueOf(Byte.toUnsignedInt((Byte) value));
        } else if (value instanceof byte[] bytes) {
            return HexFormat.of().withUpperCase().formatHex(bytes);
        } else if (value instanceof List<?> list) {
            // Arrow's own list shows itself as JSON.
            return List.copyOf(list).toString();
        } else if (type instanceof ArrowType.FloatingPoint
                || type instanceof ArrowType.Decimal
                || type instanceof ArrowType.Timestamp) {
            return value;
        }
        return value.toString();
    }

    private List<Object> byDuckDb(EmbeddedSqlServer server) throws Exception {
        Path file = directory.resolve("t.duckdb");
        StringWriter err = new StringWriter();
        String url = "mssql://sa:pass@127.0.0.1:" + server.port() + "/master?encrypt=false";
        String[] copy = {"copy", "--quiet", "--query", QUERY, url, file + "?table=t"};
        assertThat(Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), copy))
                .as(err.toString())
                .isZero();
        List<Object> values = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("ATTACH '" + file + "' AS db");
            String shown = type(statement).equals("BLOB") ? "hex(x)" : "x::VARCHAR";
            try (ResultSet rows = statement.executeQuery("SELECT typeof(x), " + shown + " FROM db.t")) {
                while (rows.next()) {
                    String value = rows.getString(2);
                    values.add(value == null ? null : plain(rows.getString(1), value));
                }
            }
        }
        return values;
    }

    private static String type(Statement statement) throws Exception {
        try (ResultSet row = statement.executeQuery("SELECT typeof(x) FROM db.t LIMIT 1")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Object plain(String duckType, String shown) {
        return switch (duckType.replaceAll("\\(.*", "")) {
            case "FLOAT" -> Float.valueOf(shown);
            case "DOUBLE" -> Double.valueOf(shown);
            case "DECIMAL" -> new BigDecimal(shown);
            case "DATE" -> LocalDate.parse(shown);
            case "TIME", "TIME_NS" -> LocalTime.parse(shown);
            case "TIMESTAMP", "TIMESTAMP_NS" -> LocalDateTime.parse(shown.replace(' ', 'T'));
            case "TIMESTAMP WITH TIME ZONE" -> OffsetDateTime.parse(shown.replace(' ', 'T').replace("+00", "Z"));
            default -> shown;
        };
    }
}
