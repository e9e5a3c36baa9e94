package dev.tidegate.arrow.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.arrow.OnHeapServer;
import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.arrow.read.ArrowReadOptions;
import dev.tidegate.arrow.read.QueryReader;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.UnstorableValueException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Record batches into a table. */
class ArrowLoadTest extends OnHeapServer {
    private static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;
    private static final ArrowType INT = new ArrowType.Int(32, true);

    private static Field field(String name, ArrowType type) {
        return new Field(name, FieldType.nullable(type), List.of());
    }

    private Batches one(ArrowType type, Consumer<FieldVector> filler, int rows) {
        return new Batches(allocator, new Schema(List.of(field("x", type)))).batch(root -> {
            filler.accept(root.getVector(0));
            root.setRowCount(rows);
        });
    }

    private long load(Batches batches, ArrowLoadOptions options) throws Exception {
        try (TdsConnection connection = connect();
                batches) {
            return TidegateArrow.load(connection, "dbo.s", batches, options);
        }
    }

    private List<Object> stored() {
        List<Object> values = new ArrayList<>();
        backend.table("s").rows().forEach(row -> values.add(row[0]));
        return values;
    }

    static List<Arguments> roundTrips() {
        return dev.tidegate.arrow.read.ReadTypesTest.serverTypes().stream()
                // A variant's text is no variant, and the milliseconds of a datetime are what can be stored of it.
                .filter(one -> !one.get()[0].equals("sql_variant") && !one.get()[0].equals("datetime"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("roundTrips")
    void whatWasReadIsLoadedAsItWas(String sqlType, Object value) throws Exception {
        String type = sqlType.replace("[sys].[hierarchyid]", "hierarchyid");
        backend.create("s", "[x] " + type + " NULL")
                .add(value)
                .add((Object) null)
                .add(value);
        backend.create("back", "[x] " + type + " NULL");
        for (boolean large : new boolean[] {false, true}) {
            ArrowReadOptions options =
                    ArrowReadOptions.DEFAULTS.withBatchRows(2).withLargeTypes(large);
            try (TdsConnection from = connect();
                    TdsConnection to = connect();
                    QueryReader reader = TidegateArrow.query(from, "SELECT * FROM s", List.of(), allocator, options)) {
                assertThat(TidegateArrow.load(to, "back", reader)).isEqualTo(3);
            }
        }
        List<Object[]> rows = backend.table("back").rows();
        assertThat(rows).hasSize(6);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)[0]).isEqualTo(i % 3 == 1 ? null : value);
        }
    }

    private record Pair(ArrowType type, Consumer<FieldVector> filler, String sqlType, Object stored) {
        @Override
        public String toString() {
            return type + " into " + sqlType;
        }
    }

    static List<Pair> pairs() {
        return List.of(
                new Pair(new ArrowType.Int(8, true), v -> ((TinyIntVector) v).setSafe(0, -128), "smallint", (short)
                        -128),
                new Pair(new ArrowType.Int(16, false), v -> ((UInt2Vector) v).setSafe(0, 65_535), "int", 65_535),
                new Pair(new ArrowType.Int(32, false), v -> ((UInt4Vector) v).setSafe(0, -1), "bigint", 4_294_967_295L),
                new Pair(
                        new ArrowType.Int(64, false),
                        v -> ((UInt8Vector) v).setSafe(0, -1L),
                        "decimal(20,0)",
                        new BigDecimal("18446744073709551615")),
                new Pair(
                        new ArrowType.Int(64, true),
                        v -> ((BigIntVector) v).setSafe(0, Long.MIN_VALUE),
                        "decimal(38,18)",
                        new BigDecimal(Long.MIN_VALUE).setScale(18)),
                new Pair(INT, v -> ((IntVector) v).setSafe(0, -7), "decimal(38,30)", new BigDecimal(-7).setScale(30)),
                new Pair(INT, v -> ((IntVector) v).setSafe(0, -7), "money", new BigDecimal("-7.0000")),
                new Pair(INT, v -> ((IntVector) v).setSafe(0, 1), "bit", true),
                new Pair(
                        new ArrowType.Decimal(9, 0, 128),
                        v -> ((DecimalVector) v).setSafe(0, new BigDecimal(255)),
                        "tinyint",
                        (short) 255),
                new Pair(
                        new ArrowType.Decimal(9, 2, 128),
                        v -> ((DecimalVector) v).setSafe(0, new BigDecimal("-1.50")),
                        "decimal(9,1)",
                        new BigDecimal("-1.5")),
                new Pair(
                        new ArrowType.Decimal(50, 2, 256),
                        v -> ((Decimal256Vector) v).setSafe(0, new BigDecimal("-1.50")),
                        "decimal(9,2)",
                        new BigDecimal("-1.50")),
                new Pair(
                        new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
                        v -> ((Float8Vector) v).setSafe(0, 0.5),
                        "real",
                        0.5f),
                new Pair(
                        new ArrowType.Date(DateUnit.MILLISECOND),
                        v -> ((DateMilliVector) v).setSafe(0, -86_400_000L),
                        "date",
                        LocalDate.of(1969, 12, 31)),
                new Pair(
                        new ArrowType.Time(TimeUnit.SECOND, 32),
                        v -> ((TimeSecVector) v).setSafe(0, 86_399),
                        "time(0)",
                        LocalTime.of(23, 59, 59)),
                new Pair(
                        new ArrowType.Time(TimeUnit.MILLISECOND, 32),
                        v -> ((TimeMilliVector) v).setSafe(0, 1),
                        "time(3)",
                        LocalTime.of(0, 0, 0, 1_000_000)),
                new Pair(
                        new ArrowType.Timestamp(TimeUnit.SECOND, null),
                        v -> ((TimeStampSecVector) v).setSafe(0, -1),
                        "datetime2(0)",
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59)),
                new Pair(
                        new ArrowType.Timestamp(TimeUnit.MILLISECOND, "Europe/Berlin"),
                        v -> ((TimeStampMilliTZVector) v).setSafe(0, 1),
                        "datetimeoffset(3)",
                        OffsetDateTime.parse("1970-01-01T00:00:00.001Z")),
                new Pair(
                        ArrowType.LargeUtf8.INSTANCE,
                        v -> ((LargeVarCharVector) v).setSafe(0, "ä".getBytes(StandardCharsets.UTF_8)),
                        "varchar(1)",
                        "ä"),
                new Pair(
                        new ArrowType.FixedSizeBinary(2),
                        v -> ((FixedSizeBinaryVector) v).setSafe(0, new byte[] {1, 2}),
                        "binary(2)",
                        new byte[] {1, 2}),
                new Pair(ArrowType.Null.INSTANCE, v -> {}, "int", null));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void typesThatMeanTheSameAreTaken(Pair pair) throws Exception {
        backend.create("s", "[x] " + pair.sqlType() + " NULL");
        assertThat(load(one(pair.type(), pair.filler(), 2), ArrowLoadOptions.DEFAULTS))
                .isEqualTo(2);
        assertThat(stored().get(0)).isEqualTo(pair.stored());
        assertThat(stored().get(1)).isNull();
    }

    private record Refused(ArrowType type, Consumer<FieldVector> filler, String sqlType, Loss loss, String says) {
        @Override
        public String toString() {
            return type + " into " + sqlType + ": " + says;
        }
    }

    static List<Refused> refusals() {
        Consumer<FieldVector> nan = v -> ((Float8Vector) v).setSafe(1, Double.NaN);
        Consumer<FieldVector> tenth = v -> ((Float8Vector) v).setSafe(1, 0.1);
        ArrowType real = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
        return List.of(
                new Refused(INT, v -> ((IntVector) v).setSafe(1, 256), "tinyint", null, "holds 0 to 255"),
                new Refused(INT, v -> ((IntVector) v).setSafe(1, 10), "decimal(3,2)", null, "holds -9.99 to 9.99"),
                new Refused(
                        new ArrowType.Decimal(9, 2, 128),
                        v -> ((DecimalVector) v).setSafe(1, new BigDecimal("100.00")),
                        "decimal(4,2)",
                        null,
                        "holds -99.99 to 99.99"),
                new Refused(
                        new ArrowType.Decimal(9, 2, 128),
                        v -> ((DecimalVector) v).setSafe(1, new BigDecimal("1.55")),
                        "decimal(9,1)",
                        Loss.DIGITS,
                        "1 digits after the point"),
                new Refused(real, nan, "float", Loss.NAN, "no such float"),
                new Refused(real, tenth, "real", Loss.DIGITS, "cannot hold it exactly"),
                new Refused(
                        new ArrowType.Timestamp(TimeUnit.SECOND, null),
                        v -> ((TimeStampSecVector) v).setSafe(1, Long.MAX_VALUE),
                        "datetime2(0)",
                        null,
                        "holds 0001-01-01 to 9999-12-31"),
                new Refused(
                        new ArrowType.Timestamp(TimeUnit.SECOND, null),
                        v -> ((TimeStampSecVector) v).setSafe(1, 1),
                        "smalldatetime",
                        Loss.TIME,
                        "no room for all its digits"),
                new Refused(
                        new ArrowType.Time(TimeUnit.SECOND, 32),
                        v -> ((TimeSecVector) v).setSafe(1, 86_400),
                        "time(0)",
                        null,
                        "23:59:59"),
                new Refused(
                        UTF8,
                        v -> ((VarCharVector) v).setSafe(1, "abc".getBytes(StandardCharsets.UTF_8)),
                        "nvarchar(2)",
                        Loss.TEXT,
                        "room for 2 characters"),
                new Refused(
                        UTF8,
                        v -> ((VarCharVector) v).setSafe(1, new byte[] {(byte) 0xC3}),
                        "nvarchar(2)",
                        Loss.TEXT,
                        "not UTF-8"),
                new Refused(
                        ArrowType.Binary.INSTANCE,
                        v -> ((VarBinaryVector) v).setSafe(1, new byte[] {1, 2, 3}),
                        "varbinary(2)",
                        Loss.TEXT,
                        "room for 2 bytes, the value has 3"),
                new Refused(
                        UTF8,
                        v -> {
                            ((VarCharVector) v).setSafe(0, new byte[4]);
                            ((VarCharVector) v).setSafe(1, new byte[2]);
                            v.getOffsetBuffer().setInt(VarCharVector.OFFSET_WIDTH, 7);
                        },
                        "nvarchar(20)",
                        null,
                        "offsets decrease"),
                new Refused(
                        ArrowType.Binary.INSTANCE,
                        v -> {
                            ((VarBinaryVector) v).setSafe(0, new byte[4]);
                            ((VarBinaryVector) v).setSafe(1, new byte[2]);
                            v.getOffsetBuffer().setInt(VarBinaryVector.OFFSET_WIDTH, 7);
                        },
                        "varbinary(20)",
                        null,
                        "offsets decrease"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatTheTargetCannotHoldIsAnErrorByRowAndColumn(Refused refused) throws Exception {
        backend.create("s", "[x] " + refused.sqlType() + " NULL").add((Object) null);
        Consumer<FieldVector> filler = refused.filler();
        assertThatThrownBy(() -> load(one(refused.type(), filler, 2), ArrowLoadOptions.DEFAULTS))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageContaining("column \"x\", row 2")
                .hasMessageContaining(refused.says())
                .hasMessageContaining(refused.loss() == null ? "" : "Loss." + refused.loss());
        assertThat(stored()).as("nothing is stored of a load that failed").hasSize(1);
        if (refused.loss() != null) {
            ArrowLoadOptions lossy = ArrowLoadOptions.DEFAULTS.allowing(refused.loss());
            assertThat(load(one(refused.type(), filler, 2), lossy)).isEqualTo(2);
        }
    }

    /** Columns are checked one after the other; what is told is the first row that does not fit, and its first column. */
    @Test
    void ofSeveralMisfitsTheFirstRowsFirstColumnIsTold() throws Exception {
        backend.create("s", "[x] tinyint NULL, [y] nvarchar(2) NULL");
        Schema schema = new Schema(List.of(field("x", INT), field("y", UTF8)));
        Batches batches = new Batches(allocator, schema);
        for (int batch = 0; batch < 2; batch++) {
            boolean bad = batch == 1;
            batches.batch(root -> {
                for (int row = 0; row < 1_000; row++) {
                    String text = bad && row == 700 ? "abc" : "ab";
                    ((VarCharVector) root.getVector("y")).setSafe(row, text.getBytes(StandardCharsets.UTF_8));
                    ((IntVector) root.getVector("x")).setSafe(row, bad && row > 700 ? 256 : 255);
                }
                root.setRowCount(1_000);
            });
        }
        assertThatThrownBy(() -> load(batches, ArrowLoadOptions.DEFAULTS))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageContaining("column \"y\", row 1701, value 'abc'");
        assertThat(stored()).isEmpty();
    }

    @Test
    void textBeyondTheCodePageIsAnErrorByRowAndColumn() throws Exception {
        backend.create("s", "[x] varchar(10) NULL");
        Consumer<FieldVector> filler = v -> ((VarCharVector) v).setSafe(1, "日".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> load(one(UTF8, filler, 2), ArrowLoadOptions.DEFAULTS))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("row 2, column [x]");
        assertThat(stored()).isEmpty();
    }

    @Test
    void typesThatMeanSomethingElseAreRefusedByName() throws Exception {
        backend.create("s", "[x] nvarchar(10) NULL");
        Field list = new Field("x", FieldType.nullable(ArrowType.List.INSTANCE), List.of(field("item", INT)));
        Batches batches = new Batches(allocator, new Schema(List.of(list)));
        assertThatThrownBy(() -> load(batches, ArrowLoadOptions.DEFAULTS))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("column \"x\": List of Arrow does not go into nvarchar(10)")
                .hasMessageContaining("JSON text");
        assertThatThrownBy(() -> load(one(INT, v -> {}, 1), ArrowLoadOptions.DEFAULTS))
                .hasMessageContaining("Int(32, true) of Arrow does not go into nvarchar(10)");
    }

    @Test
    void aDictionaryIsReadThrough() throws Exception {
        backend.create("s", "[x] nvarchar(4) NULL");
        int[] places = {1, 0, 0, 1};
        assertThat(load(dictionary(places), ArrowLoadOptions.DEFAULTS)).isEqualTo(5);
        assertThat(stored()).containsExactly("blå", "red", "red", "blå", null);
        assertThatThrownBy(() -> load(dictionary(0, 1, 2), ArrowLoadOptions.DEFAULTS))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageContaining("row 3")
                .hasMessageContaining("'too long'");
        assertThatThrownBy(() -> load(dictionary(0, 9), ArrowLoadOptions.DEFAULTS))
                .hasMessageContaining("row 2")
                .hasMessageContaining("the dictionary has 3 values");
        assertThat(stored()).hasSize(5);
    }

    /** Some words, named by their places; and one row more, without a value. The reader closes its dictionary. */
    private Batches dictionary(int... places) {
        DictionaryEncoding encoding = new DictionaryEncoding(7, false, new ArrowType.Int(8, true));
        VarCharVector values = new VarCharVector("values", allocator);
        List<String> words = List.of("red", "blå", "too long");
        for (int i = 0; i < words.size(); i++) {
            values.setSafe(i, words.get(i).getBytes(StandardCharsets.UTF_8));
        }
        values.setValueCount(words.size());
        Field field = new Field("x", new FieldType(true, new ArrowType.Int(8, true), encoding), List.of());
        return new Batches(allocator, new Schema(List.of(field)))
                .dictionary(new Dictionary(values, encoding))
                .batch(root -> {
                    TinyIntVector vector = (TinyIntVector) root.getVector(0);
                    for (int i = 0; i < places.length; i++) {
                        vector.setSafe(i, places[i]);
                    }
                    root.setRowCount(places.length + 1);
                });
    }

    @Test
    void columnsArePairedByNameAndTheRestHasItsDefault() throws Exception {
        backend.create("s", "[a] int NULL, [b] nvarchar(10) NULL, [c] int NULL");
        Batches batches = new Batches(allocator, new Schema(List.of(field("B", UTF8), field("a", INT)))).batch(root -> {
            ((VarCharVector) root.getVector(0)).setSafe(0, new byte[] {'z'});
            ((IntVector) root.getVector(1)).setSafe(0, 5);
            root.setRowCount(1);
        });
        load(batches, ArrowLoadOptions.DEFAULTS);
        assertThat(backend.table("s").rows().get(0)).containsExactly(5, "z", null);
        Batches unknown = new Batches(allocator, new Schema(List.of(field("nope", INT))));
        assertThatThrownBy(() -> load(unknown, ArrowLoadOptions.DEFAULTS)).hasMessageContaining("[nope]");
    }

    @Test
    void aReaderThatFailsLeavesNothingBehind() throws Exception {
        backend.create("s", "[x] int NULL");
        Batches batches = one(INT, v -> ((IntVector) v).setSafe(0, 1), 1).thenFails(new IOException("the file ends"));
        try (TdsConnection connection = connect();
                batches) {
            assertThatThrownBy(() -> TidegateArrow.load(connection, "s", batches))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("the file ends");
            assertThat(stored()).isEmpty();
            try (Batches good = one(INT, v -> ((IntVector) v).setSafe(0, 1), 1)) {
                assertThat(TidegateArrow.load(connection, "s", good)).isEqualTo(1);
            }
        }
    }

    @Test
    void noBatchIsNoRow() throws Exception {
        backend.create("s", "[x] int NULL");
        assertThat(load(new Batches(allocator, new Schema(List.of(field("x", INT)))), ArrowLoadOptions.DEFAULTS))
                .isZero();
    }
}
