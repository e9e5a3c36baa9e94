package dev.tidegate.arrow.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.heap.HeapBackend;
import dev.tidegate.testkit.heap.HeapTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;

/** Whatever the rows and however large the batches, Arrow shows what was stored. */
class AnyRowsTest {
    private static final HeapBackend BACKEND = new HeapBackend();
    private static EmbeddedSqlServer server;
    private static TdsConnection connection;

    /** Texts of each length and script, so that some are cut by the ends of blocks. */
    record Row(Long number, BigDecimal decimal, String text, String longText, byte[] bytes) {
        Object[] values() {
            return new Object[] {number, decimal, text, longText, bytes};
        }
    }

    @BeforeContainer
    static void start() throws Exception {
        server = EmbeddedSqlServer.builder()
                .backend(BACKEND)
                .login("sa", "Secret-1")
                .start();
        connection = TdsConnection.open(ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(server.port())
                .login("sa", "Secret-1")
                .set(ConnectionProperty.ENCRYPT, "false")
                .build());
    }

    @AfterContainer
    static void stop() {
        connection.close();
        server.close();
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<Long> numbers = Arbitraries.longs().injectNull(0.2);
        Arbitrary<BigDecimal> decimals = Arbitraries.bigIntegers()
                .between(
                        BigInteger.TEN.pow(38).negate().add(BigInteger.ONE),
                        BigInteger.TEN.pow(38).subtract(BigInteger.ONE))
                .map(unscaled -> new BigDecimal(unscaled, 7))
                .injectNull(0.2);
        Arbitrary<String> texts = Arbitraries.of("", "a", "ü", "€", "日", "🌊", "abc", "\uFFFD")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts))
                .injectNull(0.2);
        Arbitrary<String> longTexts = Combinators.combine(
                        Arbitraries.of("a", "ü", "🌊", "ab日"),
                        Arbitraries.integers().between(0, 9_000))
                .as(String::repeat)
                .injectNull(0.2);
        Arbitrary<byte[]> bytes =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).injectNull(0.2);
        return Combinators.combine(numbers, decimals, texts, longTexts, bytes)
                .as(Row::new)
                .list()
                .ofMaxSize(60);
    }

    /** Without long values, so that they are decoded in runs. */
    @Provide
    Arbitrary<List<Object[]>> shortRows() {
        List<Arbitrary<?>> columns = List.of(
                Arbitraries.integers(),
                Arbitraries.shorts(),
                Arbitraries.of(true, false),
                Arbitraries.longs(),
                Arbitraries.doubles(),
                Arbitraries.bigIntegers()
                        .between(BigInteger.valueOf(-999_999_999), BigInteger.valueOf(999_999_999))
                        .map(unscaled -> new BigDecimal(unscaled, 2)),
                Arbitraries.bigIntegers()
                        .between(
                                BigInteger.TEN.pow(19).negate().add(BigInteger.ONE),
                                BigInteger.TEN.pow(19).subtract(BigInteger.ONE))
                        .map(unscaled -> new BigDecimal(unscaled, 4)),
                Arbitraries.of(
                        LocalDateTime.of(1, 1, 1, 0, 0),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000),
                        LocalDateTime.of(9999, 12, 31, 12, 0)),
                Arbitraries.of("", "plain", "größer", "12345678", "a text of more than sixteen"),
                Arbitraries.of("abcde", "Größe"),
                Arbitraries.of("", "x", "eight by", "Straße", "日本", "🌊", "a text of more than sixteen units"),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20));
        Arbitrary<Object[]> row = Combinators.combine(columns.stream()
                        .map(column -> column.asGeneric().injectNull(0.1))
                        .toList())
                .as(List::toArray);
        return Combinators.combine(
                        row.list().ofMinSize(1).ofMaxSize(12),
                        Arbitraries.integers().between(1, 40))
                .as((rows, times) -> Collections.nCopies(times, rows).stream()
                        .flatMap(List::stream)
                        .toList());
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void rowsOfShortValuesAreWhatWasStored(
            @ForAll("shortRows") List<Object[]> rows, @ForAll @IntRange(min = 1, max = 300) int batchRows)
            throws Exception {
        check(
                "[i] int NULL, [s] smallint NULL, [f] bit NULL, [n] bigint NULL, [r] float NULL, [d] decimal(9,2) NULL,"
                        + " [m] decimal(19,4) NULL, [w] datetime2(3) NULL, [v] varchar(30) NULL, [c] char(5) NULL,"
                        + " [t] nvarchar(40) NULL, [b] varbinary(20) NULL",
                rows,
                ArrowReadOptions.DEFAULTS.withBatchRows(batchRows));
    }

    /** Columns of char(n) without NULL, whose texts are copied as a whole: of some runs they fit into a block, of others they do not. */
    @Provide
    Arbitrary<List<Object[]>> paddedRows() {
        Arbitrary<Object[]> row = Combinators.combine(
                        Arbitraries.of("A", "z"),
                        Arbitraries.of("abcde", "fghij"),
                        Arbitraries.of("eight by", "12345678"),
                        Arbitraries.of("of twelve   ", "more and mor"),
                        Arbitraries.of("x", "y").map(text -> text.repeat(60)),
                        Arbitraries.of("", "any", "of many lengths"),
                        Arbitraries.of("of eight", "between eight and sixteen or more", "as a comment is"))
                .as((a, b, c, d, e, f, g) -> new Object[] {a, b, c, d, e, f, g});
        Arbitrary<Object[]> beyondAscii = row.map(values -> {
            Object[] other = values.clone();
            other[0] = "é";
            other[1] = "Größe";
            other[3] = "zwölf Bytes ";
            other[6] = "größer als acht";
            return other;
        });
        return Combinators.combine(
                        row.list().ofMinSize(1).ofMaxSize(12),
                        Arbitraries.integers().between(1, 40),
                        beyondAscii.list().ofMaxSize(2),
                        Arbitraries.integers().between(0, 400))
                .as((rows, times, others, at) -> {
                    List<Object[]> all = new ArrayList<>();
                    Collections.nCopies(times, rows).forEach(all::addAll);
                    all.addAll(Math.min(at, all.size()), others);
                    return all;
                });
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void paddedTextsAreWhatWasStored(
            @ForAll("paddedRows") List<Object[]> rows, @ForAll @IntRange(min = 1, max = 600) int batchRows)
            throws Exception {
        check(
                "[a] char(1) NOT NULL, [b] char(5) NOT NULL, [c] char(8) NOT NULL, [d] char(12) NOT NULL,"
                        + " [e] char(60) NOT NULL, [f] varchar(20) NOT NULL, [g] varchar(44) NOT NULL",
                rows,
                ArrowReadOptions.DEFAULTS.withBatchRows(batchRows));
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void whatIsReadIsWhatWasStored(
            @ForAll("rows") List<Row> rows, @ForAll @IntRange(min = 1, max = 70) int batchRows, @ForAll boolean large)
            throws Exception {
        check(
                "[n] bigint NULL, [d] decimal(38,7) NULL, [t] nvarchar(400) NULL, [l] nvarchar(max) NULL, [b] varbinary(300) NULL",
                rows.stream().map(Row::values).toList(),
                ArrowReadOptions.DEFAULTS.withBatchRows(batchRows).withLargeTypes(large));
    }

    private static void check(String columns, List<Object[]> rows, ArrowReadOptions options) throws Exception {
        HeapTable table = BACKEND.create("s", columns);
        rows.forEach(table::add);
        List<Object[]> read = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator();
                QueryReader reader =
                        TidegateArrow.query(connection, "SELECT * FROM s", List.of(), allocator, options)) {
            while (reader.loadNextBatch()) {
                List<FieldVector> vectors = reader.getVectorSchemaRoot().getFieldVectors();
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    Object[] values = new Object[vectors.size()];
                    for (int i = 0; i < values.length; i++) {
                        Object value = vectors.get(i).getObject(row);
                        values[i] = value instanceof org.apache.arrow.vector.util.Text text ? text.toString() : value;
                    }
                    read.add(values);
                }
            }
        }
        assertThat(read).hasSize(rows.size());
        for (int i = 0; i < read.size(); i++) {
            assertThat(Arrays.asList(read.get(i)))
                    .as("row %d", i)
                    .usingRecursiveComparison()
                    .isEqualTo(Arrays.asList(rows.get(i)));
        }
    }
}
