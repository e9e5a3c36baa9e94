package dev.tidegate.arrow.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.arrow.OnHeapServer;
import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.arrow.type.FieldMetadata;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.UnstorableValueException;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of docs/types.md from SQL Server to Arrow, over the wire. */
public class ReadTypesTest extends OnHeapServer {
    private static final long DAY_MICROS = 86_400_000_000L;

    private static Arguments type(String sqlType, Object value, String arrowType, Object inArrow) {
        return Arguments.of(sqlType, value, arrowType, inArrow);
    }

    public static List<Arguments> serverTypes() {
        return List.of(
                type("bit", true, "Bool", true),
                type("bit", false, "Bool", false),
                type("tinyint", (short) 255, "Int(8, false)", (byte) -1),
                type("smallint", Short.MIN_VALUE, "Int(16, true)", Short.MIN_VALUE),
                type("int", Integer.MIN_VALUE, "Int(32, true)", Integer.MIN_VALUE),
                type("bigint", Long.MIN_VALUE, "Int(64, true)", Long.MIN_VALUE),
                type("real", 0.1f, "FloatingPoint(SINGLE)", 0.1f),
                type("float", Double.MIN_VALUE, "FloatingPoint(DOUBLE)", Double.MIN_VALUE),
                type("decimal(5,2)", new BigDecimal("-999.99"), "Decimal(5, 2, 128)", new BigDecimal("-999.99")),
                type(
                        "numeric(18,0)",
                        new BigDecimal("999999999999999999"),
                        "Decimal(18, 0, 128)",
                        new BigDecimal("999999999999999999")),
                type(
                        "decimal(38,10)",
                        new BigDecimal("-9999999999999999999999999999.9999999999"),
                        "Decimal(38, 10, 128)",
                        new BigDecimal("-9999999999999999999999999999.9999999999")),
                type(
                        "decimal(38,38)",
                        new BigDecimal("0." + "9".repeat(38)),
                        "Decimal(38, 38, 128)",
                        new BigDecimal("0." + "9".repeat(38))),
                type(
                        "money",
                        new BigDecimal("-922337203685477.5808"),
                        "Decimal(19, 4, 128)",
                        new BigDecimal("-922337203685477.5808")),
                type("smallmoney", new BigDecimal("214748.3647"), "Decimal(10, 4, 128)", new BigDecimal("214748.3647")),
                type("date", LocalDate.of(1, 1, 1), "Date(DAY)", (int)
                        LocalDate.of(1, 1, 1).toEpochDay()),
                type("date", LocalDate.of(9999, 12, 31), "Date(DAY)", (int)
                        LocalDate.of(9999, 12, 31).toEpochDay()),
                type("time(0)", LocalTime.of(23, 59, 59), "Time(MICROSECOND, 64)", DAY_MICROS - 1_000_000),
                type("time(6)", LocalTime.of(0, 0, 0, 1000), "Time(MICROSECOND, 64)", 1L),
                type("time(7)", LocalTime.of(23, 59, 59, 999_999_900), "Time(NANOSECOND, 64)", DAY_MICROS * 1000 - 100),
                type(
                        "smalldatetime",
                        LocalDateTime.of(2079, 6, 6, 23, 59),
                        "Timestamp(MICROSECOND, null)",
                        LocalDateTime.of(2079, 6, 6, 23, 59)),
                type(
                        "datetime",
                        LocalDateTime.of(1753, 1, 1, 0, 0, 0, 3_333_300),
                        "Timestamp(MICROSECOND, null)",
                        LocalDateTime.of(1753, 1, 1, 0, 0, 0, 3_000_000)),
                type(
                        "datetime2(0)",
                        LocalDateTime.of(1, 1, 1, 0, 0),
                        "Timestamp(MICROSECOND, null)",
                        LocalDateTime.of(1, 1, 1, 0, 0)),
                type(
                        "datetime2(6)",
                        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
                        "Timestamp(MICROSECOND, null)",
                        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000)),
                type(
                        "datetime2(7)",
                        LocalDateTime.of(1677, 9, 22, 0, 0, 0, 100),
                        "Timestamp(NANOSECOND, null)",
                        LocalDateTime.of(1677, 9, 22, 0, 0, 0, 100)),
                type(
                        "datetimeoffset(6)",
                        OffsetDateTime.parse("2020-02-29T12:00:00.000001Z"),
                        "Timestamp(MICROSECOND, UTC)",
                        micros(LocalDateTime.of(2020, 2, 29, 12, 0, 0, 1000))),
                type(
                        "datetimeoffset(7)",
                        OffsetDateTime.parse("2020-02-29T12:00:00.0000001Z"),
                        "Timestamp(NANOSECOND, UTC)",
                        micros(LocalDateTime.of(2020, 2, 29, 12, 0)) * 1000 + 100),
                type(
                        "uniqueidentifier",
                        UUID.fromString("ff11a2b3-1234-4321-8765-00000000000f"),
                        "ExtensionType(arrow.uuid, FixedSizeBinary(16))",
                        UUID.fromString("ff11a2b3-1234-4321-8765-00000000000f")),
                type("char(5)", "abc  ", "Utf8", "abc  "),
                type("varchar(20)", "naïve €", "Utf8", "naïve €"),
                type("varchar(max)", "x".repeat(90_000), "Utf8", "x".repeat(90_000)),
                type("varchar(max)", "ü".repeat(90_000), "Utf8", "ü".repeat(90_000)),
                type("text", "old", "Utf8", "old"),
                type("nchar(3)", "日本 ", "Utf8", "日本 "),
                type("nvarchar(20)", "Grüße 🌊", "Utf8", "Grüße 🌊"),
                type("nvarchar(max)", "🌊a".repeat(30_000), "Utf8", "🌊a".repeat(30_000)),
                type("nvarchar(max)", "a" + "🌊".repeat(30_000), "Utf8", "a" + "🌊".repeat(30_000)),
                type("ntext", "öld", "Utf8", "öld"),
                type("nvarchar(20)", "", "Utf8", ""),
                type("xml", "<a>ü</a>", "Utf8", "<a>ü</a>"),
                type("json", "{\"a\":1}", "Utf8", "{\"a\":1}"),
                type("binary(3)", new byte[] {0, 1, -1}, "Binary", new byte[] {0, 1, -1}),
                type("varbinary(10)", new byte[0], "Binary", new byte[0]),
                type("varbinary(max)", new byte[90_000], "Binary", new byte[90_000]),
                type("image", new byte[] {1}, "Binary", new byte[] {1}),
                type("[sys].[hierarchyid]", new byte[] {0x58}, "Binary", new byte[] {0x58}),
                type("vector(2)", new float[] {1.5f, -0.1f}, "FixedSizeList(2)", List.of(1.5f, -0.1f)),
                type("sql_variant", new SqlVariant(TypeInfo.integer(), 7), "Utf8", "7"),
                type("sql_variant", new SqlVariant(TypeInfo.decimal(5, 2), new BigDecimal("1.50")), "Utf8", "1.50"));
    }

    private static long micros(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
    }

    @ParameterizedTest
    @MethodSource("serverTypes")
    void everyServerTypeIsRead(String sqlType, Object value, String arrowType, Object inArrow) throws Exception {
        backend.create("s", "[x] " + sqlType.replace("[sys].[hierarchyid]", "hierarchyid") + " NULL")
                .add(value)
                .add((Object) null)
                .add(value);
        try (TdsConnection connection = connect();
                QueryReader reader = TidegateArrow.query(connection, "SELECT * FROM s", List.of(), allocator)) {
            Field field = reader.getVectorSchemaRoot().getSchema().getFields().get(0);
            assertThat(field.getType()).hasToString(arrowType);
            assertThat(field.isNullable()).isTrue();
            assertThat(field.getMetadata()).containsEntry(FieldMetadata.TYPE, sqlType);
            List<List<Object>> rows = rows(reader);
            assertThat(rows).hasSize(3);
            assertThat(rows.get(0).get(0)).isEqualTo(inArrow);
            assertThat(rows.get(1).get(0)).isNull();
            assertThat(rows.get(2).get(0)).isEqualTo(inArrow);
        }
    }

    @Test
    void aTypeThatArrowHasIsNamedAsOne() throws Exception {
        backend.create("s", "[j] json NULL, [u] uniqueidentifier NULL, [d] decimal(9,3) NOT NULL, [t] varchar(5) NULL")
                .add("{}", null, BigDecimal.ONE.setScale(3), "a");
        try (TdsConnection connection = connect();
                QueryReader reader = TidegateArrow.query(connection, "SELECT * FROM s", List.of(), allocator)) {
            List<Field> fields = reader.getVectorSchemaRoot().getSchema().getFields();
            assertThat(fields.get(0).getMetadata())
                    .containsEntry("ARROW:extension:name", "arrow.json")
                    .containsEntry("ARROW:extension:metadata", "");
            // What a reader in another process gets to see of the schema.
            assertThat(reader.getVectorSchemaRoot().getSchema().toJson()).contains("arrow.uuid");
            assertThat(fields.get(2).getMetadata())
                    .containsEntry(FieldMetadata.PRECISION, "9")
                    .containsEntry(FieldMetadata.SCALE, "3");
            assertThat(fields.get(2).isNullable()).isFalse();
            assertThat(fields.get(3).getMetadata())
                    .containsEntry(FieldMetadata.COLLATION, "SQL_Latin1_General_CP1_CI_AS");
        }
    }

    @Test
    void longTypesHaveLongOffsetsIfAskedFor() throws Exception {
        backend.create("s", "[a] nvarchar(max) NULL, [b] varbinary(max) NULL, [c] nvarchar(10) NULL")
                .add("äöü", new byte[] {1, 2}, "x")
                .add(null, null, null)
                .add("z", new byte[0], "");
        ArrowReadOptions options = ArrowReadOptions.DEFAULTS.withLargeTypes(true);
        try (TdsConnection connection = connect();
                QueryReader reader =
                        TidegateArrow.query(connection, "SELECT * FROM s", List.of(), allocator, options)) {
            assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
                    .extracting(field -> field.getType().toString())
                    .containsExactly("LargeUtf8", "LargeBinary", "Utf8");
            List<List<Object>> rows = rows(reader);
            assertThat(rows.get(0)).containsExactly("äöü", new byte[] {1, 2}, "x");
            assertThat(rows.get(1)).containsExactly(null, null, null);
            assertThat(rows.get(2)).containsExactly("z", new byte[0], "");
        }
    }

    static List<Arguments> misfits() {
        return List.of(
                Arguments.of("datetime2(7)", LocalDateTime.of(1600, 1, 1, 0, 0), Loss.TIME, "1600-01-01T00:00"),
                Arguments.of(
                        "datetimeoffset(7)",
                        OffsetDateTime.parse("9999-12-31T00:00:00Z"),
                        Loss.TIME,
                        "9999-12-31T00:00Z"),
                Arguments.of(
                        "datetimeoffset(3)",
                        OffsetDateTime.parse("2020-01-01T12:00:00+05:30"),
                        Loss.OFFSET,
                        "2020-01-01T12:00+05:30"),
                Arguments.of("nvarchar(10)", "a\uD83C", Loss.TEXT, "a"),
                Arguments.of("nvarchar(10)", "\uDF0Ab", Loss.TEXT, "b"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void whatArrowCannotHoldIsAnErrorUnlessItsLossIsAllowed(String sqlType, Object value, Loss loss, String shown)
            throws Exception {
        backend.create("s", "[id] int NOT NULL, [x] " + sqlType + " NULL")
                .add(1, null)
                .add(2, value)
                .add(3, null);
        try (TdsConnection connection = connect()) {
            try (QueryReader reader = TidegateArrow.query(connection, "SELECT * FROM s", List.of(), allocator)) {
                assertThatThrownBy(reader::loadNextBatch)
                        .isInstanceOf(IOException.class)
                        .hasCauseInstanceOf(UnstorableValueException.class)
                        .hasMessageContaining("column \"x\", row 2")
                        .hasMessageContaining(shown)
                        .hasMessageContaining("Loss." + loss.name());
                // What was built of the batch is gone already, and the connection free.
                assertThat(allocator.getAllocatedMemory()).isLessThan(64);
                TidegateArrow.query(connection, "SELECT TOP 0 * FROM s", List.of(), allocator)
                        .close();
                assertThatThrownBy(reader::loadNextBatch).hasMessageContaining("row 2");
            }
            ArrowReadOptions options = ArrowReadOptions.DEFAULTS.allowing(loss);
            try (QueryReader reader =
                    TidegateArrow.query(connection, "SELECT * FROM s", List.of(), allocator, options)) {
                List<List<Object>> rows = rows(reader);
                assertThat(rows).hasSize(3);
                assertThat(rows.get(1).get(1)).isNotNull();
            }
        }
    }

    @Test
    void whatIsLostIsWhatWasAllowed() throws Exception {
        backend.create("s", "[t] datetime2(7) NULL, [o] datetimeoffset(3) NULL, [x] nvarchar(10) NULL")
                .add(
                        LocalDateTime.of(1600, 1, 1, 0, 0, 0, 1_234_500),
                        OffsetDateTime.parse("2020-01-01T12:00:00+05:30"),
                        "a\uD83Cb");
        ArrowReadOptions options = ArrowReadOptions.DEFAULTS.allowing(Loss.TIME, Loss.OFFSET, Loss.TEXT);
        try (TdsConnection connection = connect();
                QueryReader reader =
                        TidegateArrow.query(connection, "SELECT * FROM s", List.of(), allocator, options)) {
            assertThat(rows(reader))
                    .containsExactly(List.of(
                            LocalDateTime.of(1600, 1, 1, 0, 0, 0, 1_234_000),
                            micros(LocalDateTime.of(2020, 1, 1, 6, 30)),
                            "a\uFFFDb"));
        }
    }
}
