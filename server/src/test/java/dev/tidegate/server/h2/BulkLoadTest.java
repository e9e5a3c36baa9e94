package dev.tidegate.server.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.h2.routine.JavaForm;
import dev.tidegate.server.h2.row.StoredValues;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.tds.token.TokenWriter;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.h2.message.DbException;
import org.h2.value.Value;
import org.junit.jupiter.api.Test;

/** Rows that are decoded straight into H2's values are stored and refused as those that come as Java forms. */
class BulkLoadTest {
    /** A column as it is declared, and as the client sends it. */
    record Sent(SqlType target, SqlType type) {}

    record Load(List<Sent> columns, List<Object[]> rows) {
        @Override
        public String toString() {
            return columns + " " + rows.stream().map(Arrays::deepToString).toList();
        }
    }

    @FunctionalInterface
    private interface Feed {
        void rows(BulkTarget target, TdsReader reader, RowDecoder decoder) throws IOException, SqlServerException;
    }

    /** Of all tries of a property: to start one takes longer than a try. */
    private static H2Backend shared;

    @BeforeContainer
    static void start() {
        shared = H2Backend.inMemory(List.of("demo"));
    }

    @AfterContainer
    static void stop() {
        shared.close();
    }

    private static BackendSession open(H2Backend backend) throws SqlServerException {
        return backend.open(new SessionOptions("demo", "sa", "host1", "tests", "us_english", 51));
    }

    private static List<String> run(BackendSession session, String sql) throws SqlServerException {
        RecordingSink sink = new RecordingSink();
        session.executeBatch(sql, sink);
        return sink.lines();
    }

    private static List<Column> columns(List<TypeInfo> types) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> new Column("c" + i, types.get(i), Column.NULLABLE))
                .toList();
    }

    private static byte[] encoded(List<TypeInfo> types, List<Object[]> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TdsWriter out = new TdsWriter(bytes, 512);
        out.begin(PacketType.BULK_LOAD);
        TokenWriter tokens = new TokenWriter(out, TdsVersion.V7_4);
        tokens.write(new ColMetadata(columns(types)));
        RowEncoder encoder = RowEncoder.of(types);
        for (Object[] row : rows) {
            encoder.encode(out, row);
        }
        tokens.write(new Done(Done.Kind.DONE, 0, 0, 0));
        out.end();
        return bytes.toByteArray();
    }

    /** What became of a load: rows of the table, or the error. */
    private static List<String> load(BackendSession session, Load load, Feed feed) throws Exception {
        List<TypeInfo> types = load.columns().stream().map(column -> column.type().toTypeInfo()).toList();
        List<Column> columns = columns(types);
        assertThat(run(session, "insert bulk t (c0 int)")).isEmpty();
        TdsReader reader = new TdsReader(new ByteArrayInputStream(encoded(types, load.rows())));
        reader.beginMessage();
        List<String> outcome = new ArrayList<>();
        try (BulkTarget target = session.beginBulkLoad(columns)) {
            feed.rows(target, reader, RowDecoder.ofColumns(columns));
            outcome.add("stored " + target.finish());
        } catch (SqlServerException e) {
            outcome.add("error " + e.number() + " " + e.getMessage());
        }
        outcome.addAll(run(session, "select * from t order by id"));
        return outcome;
    }

    private static void asForms(BulkTarget target, TdsReader reader, RowDecoder decoder)
            throws IOException, SqlServerException {
        TokenReader tokens = new TokenReader(reader, TdsVersion.V7_4);
        assertThat(tokens.next()).isInstanceOf(ColMetadata.class);
        Token token = tokens.next();
        while (token instanceof RowMarker marker) {
            target.add(decoder.decode(reader, marker));
            token = tokens.next();
        }
    }

    private static void intoSinks(BulkTarget target, TdsReader reader, RowDecoder decoder)
            throws IOException, SqlServerException {
        ColumnSink[] sinks = target.sinks();
        TokenReader tokens = new TokenReader(reader, TdsVersion.V7_4);
        assertThat(tokens.next()).isInstanceOf(ColMetadata.class);
        Token token = tokens.next();
        while (token instanceof RowMarker marker) {
            decoder.decode(reader, marker, sinks, 0);
            target.addRow();
            token = tokens.next();
        }
    }

    private static String create(Load load) {
        StringBuilder sql = new StringBuilder("create table t (id int identity");
        for (int i = 0; i < load.columns().size(); i++) {
            sql.append(", c").append(i).append(' ').append(load.columns().get(i).target()).append(" null");
        }
        return sql.append(")").toString();
    }

    @Property(tries = 100)
    void sinksStoreWhatFormsStore(@ForAll("loads") Load load) throws Exception {
        try (BackendSession session = open(shared)) {
            assertThat(run(session, "drop table if exists t")).isEmpty();
            assertThat(run(session, create(load))).isEmpty();
            List<String> expected = load(session, load, BulkLoadTest::asForms);
            assertThat(run(session, "truncate table t")).isEmpty();
            assertThat(load(session, load, BulkLoadTest::intoSinks)).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<Load> loads() {
        return columns().list().ofMinSize(1).ofMaxSize(5).flatMap(columns -> row(columns)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .flatMap(some -> Arbitraries.of(1, 40).map(times -> new Load(columns, repeated(some, times)))));
    }

    /** So many that they are stored by INSERTs of many rows too. */
    private static List<Object[]> repeated(List<Object[]> rows, int times) {
        List<Object[]> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.addAll(rows);
        }
        return all;
    }

    private static Arbitrary<Sent> columns() {
        return StoredValues.types()
                .filter(type -> switch (type.kind()) {
                    case REAL, BINARY, IMAGE, ROWVERSION, DATETIMEOFFSET, XML, JSON -> false;
                    default -> true;
                })
                .flatMap(target -> sentAs(target).map(type -> new Sent(target, type)));
    }

    private static Arbitrary<SqlType> sentAs(SqlType target) {
        if (target.isCharacter()) {
            return Arbitraries.of(
                    SqlType.varchar(60),
                    SqlType.nvarchar(60),
                    SqlType.nvarchar(SqlType.MAX),
                    SqlType.varchar(SqlType.MAX),
                    SqlType.sized(TypeKind.NCHAR, 5));
        }
        return switch (target.kind()) {
            case BIGINT -> Arbitraries.of(SqlType.BIGINT, SqlType.INT, SqlType.TINYINT);
            case INT -> Arbitraries.of(SqlType.INT, SqlType.SMALLINT);
            case DECIMAL, NUMERIC -> Arbitraries.of(target, SqlType.decimal(38, target.scale()));
            case DATETIME2 -> Arbitraries.of(target, SqlType.datetime2(0));
            case VARBINARY -> Arbitraries.of(target, SqlType.varbinary(60), SqlType.varbinary(SqlType.MAX));
            default -> Arbitraries.just(target);
        };
    }

    private static Arbitrary<Object[]> row(List<Sent> columns) {
        return Combinators.combine(columns.stream().map(BulkLoadTest::forms).toList()).as(List::toArray);
    }

    private static Arbitrary<Object> forms(Sent column) {
        return StoredValues.values(column.type()).map(value -> form(value, column.type())).injectNull(0.1);
    }

    /** Null for what a client cannot send either. */
    private static Object form(Value value, SqlType type) {
        try {
            Object form = JavaForm.of(value, type);
            encoded(List.of(type.toTypeInfo()), List.<Object[]>of(new Object[] {form}));
            return form;
        } catch (SqlServerException | IOException | ValueOutOfRangeException | DbException e) {
            return null;
        }
    }

    private static Load of(SqlType target, SqlType sent, Object... values) {
        return new Load(
                List.of(new Sent(target, sent)),
                Arrays.stream(values).map(value -> new Object[] {value}).toList());
    }

    private static List<String> loaded(Load load, String create) throws Exception {
        H2Backend backend = H2Backend.inMemory(List.of("demo"));
        try (BackendSession session = open(backend)) {
            assertThat(run(session, create)).isEmpty();
            return load(session, load, BulkLoadTest::intoSinks);
        } finally {
            backend.close();
        }
    }

    @Test
    void theErrorIsThatOfTheFirstRowThatHasOne() throws Exception {
        Object[] values = new Object[150];
        Arrays.setAll(values, i -> "v" + i);
        values[100] = "v7";
        values[120] = "too long for it";
        Load load = of(SqlType.nvarchar(10), SqlType.nvarchar(60), values);
        assertThat(loaded(load, "create table t (id int identity, c0 nvarchar(10) constraint u unique)"))
                .first()
                .asString()
                .startsWith("error 2627").contains("(v7)");
    }

    @Test
    void aValueThatIsTooLongIsToldAfterTheRowsBeforeIt() throws Exception {
        Load load = of(SqlType.nvarchar(3), SqlType.nvarchar(60), "abc", "abc  ", "abcd");
        assertThat(loaded(load, "create table t (id int identity, c0 nvarchar(3))"))
                .containsExactly(
                        "error 2628 String or binary data would be truncated in table 'demo.dbo.t', column 'c0'."
                                + " Truncated value: 'abc'.",
                        "columns id int not null identity | c0 nvarchar(3)",
                        "done select 0");
    }

    @Test
    void aNullBecomesTheDefaultInAnInsertOfManyRowsToo() throws Exception {
        Object[] values = new Object[70];
        values[3] = 1;
        List<String> lines = loaded(
                of(SqlType.INT, SqlType.INT, values), "create table t (id int identity, c0 int default 7)");
        assertThat(lines).contains("stored 70", "row 4 | 1", "row 5 | 7", "row 70 | 7");
    }

    @Test
    void bytesThatAreNoTextNameTheirRowAndColumn() throws Exception {
        H2Backend backend = H2Backend.inMemory(List.of("demo"));
        try (BackendSession session = open(backend)) {
            run(session, "create table t (id int identity, c0 varchar(10))");
            run(session, "insert bulk t (c0 varchar(10))");
            List<Column> columns = List.of(new Column("c0", SqlType.varchar(10).toTypeInfo(), Column.NULLABLE));
            try (BulkTarget target = session.beginBulkLoad(columns)) {
                ColumnSink sink = target.sinks()[0];
                sink.setNull(0);
                target.addRow();
                sink.setText(0, new byte[] {'a', (byte) 0x81}, 0, 2, java.nio.charset.Charset.forName("windows-1252"));
                assertThatThrownBy(target::addRow)
                        .isInstanceOfSatisfying(SqlServerException.class, e -> assertThat(e.number()).isEqualTo(4864))
                        .hasMessageContaining("row 2: column 1 (c0): 0x81 at byte 1");
            }
        } finally {
            backend.close();
        }
    }

    @Test
    void valuesThatHaveToBeConvertedHaveNoSinks() throws Exception {
        H2Backend backend = H2Backend.inMemory(List.of("demo"));
        try (BackendSession session = open(backend)) {
            run(session, "create table t (id int identity, c0 int)");
            run(session, "insert bulk t (c0 varchar(10))");
            List<Column> columns = List.of(new Column("c0", SqlType.varchar(10).toTypeInfo(), Column.NULLABLE));
            try (BulkTarget target = session.beginBulkLoad(columns)) {
                assertThat(target.sinks()).isNull();
                target.add(new Object[] {"12"});
                assertThat(target.finish()).isEqualTo(1);
            }
        } finally {
            backend.close();
        }
    }
}
