package dev.tidegate.arrow.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.arrow.read.ArrowReadOptions;
import dev.tidegate.arrow.read.ReadMapping;
import dev.tidegate.arrow.read.ReadTypesTest;
import dev.tidegate.client.column.Loss;
import dev.tidegate.tds.token.Column;
import dev.tidegate.testkit.document.DocumentTables;
import dev.tidegate.testkit.heap.HeapBackend;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.arrow.vector.extension.UuidType;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tables of docs/types.md on Arrow say what the code does: of each type that is read, and of each pair that a load takes or refuses. */
class TypesDocumentTest {
    private static final Pattern RANGE = Pattern.compile("(\\w+)\\((\\d)\\) to \\1\\((\\d)\\)");
    private static final Pattern WITH_LOSS =
            Pattern.compile("With `Loss.TIME`: ([a-z0-9\\[\\]]+)", Pattern.CASE_INSENSITIVE);

    private final DocumentTables document;

    TypesDocumentTest() throws Exception {
        document = DocumentTables.of("types.md");
    }

    private List<List<String>> reads() {
        return document.after(line -> line.equals("## Arrow"));
    }

    private List<List<String>> loads() {
        return document.after(line -> line.startsWith("(max) types"));
    }

    /** What stands between commas, but for those within a type. */
    private static List<String> list(String cell) {
        return List.of(cell.split(", (?![^(\\[]*[)\\]])"));
    }

    /** The types that a cell names, each of a range for itself, with lengths and digits where T-SQL wants some. */
    private static List<String> types(String cell) {
        List<String> types = new ArrayList<>();
        for (String name : list(cell)) {
            Matcher range = RANGE.matcher(name);
            if (range.matches()) {
                for (int scale = Integer.parseInt(range.group(2)); scale <= Integer.parseInt(range.group(3)); scale++) {
                    types.add(range.group(1) + "(" + scale + ")");
                }
            } else {
                types.add(concrete(name));
            }
        }
        return types;
    }

    private static String concrete(String type) {
        if (type.matches("n?(var)?char|(var)?binary")) {
            return type + "(9)";
        }
        return switch (type) {
            case "CLR types" -> "hierarchyid";
            case "decimal", "numeric" -> type + "(9,3)";
            default -> withDigits(type);
        };
    }

    private static String withDigits(String type) {
        return type.replace("(p,s)", "(9,3)").replaceAll("\\bn(?=[,)])", "2");
    }

    private static Column column(String sqlType) {
        return new HeapBackend()
                .create("s", "[x] " + sqlType + " NULL")
                .columns()
                .get(0);
    }

    @TestFactory
    Stream<DynamicTest> everyTypeIsReadAsItsRowSays() {
        return reads().stream()
                .map(row -> DynamicTest.dynamicTest(row.get(0), () -> {
                    List<String> types = types(row.get(0));
                    List<String> becomes = list(row.get(1).replace("utf8, extension", "utf8 extension"));
                    for (int i = 0; i < types.size(); i++) {
                        String arrow = withDigits(becomes.get(becomes.size() == types.size() ? i : 0));
                        assertThat(read(types.get(i), ArrowReadOptions.DEFAULTS))
                                .as(types.get(i))
                                .isEqualTo(arrow);
                        Matcher withLoss = WITH_LOSS.matcher(row.get(2));
                        if (withLoss.find()) {
                            assertThat(read(types.get(i), ArrowReadOptions.DEFAULTS.allowing(Loss.TIME)))
                                    .as(types.get(i) + " with Loss.TIME")
                                    .isEqualTo(withLoss.group(1));
                        }
                    }
                }));
    }

    @Test
    void everyTypeThatIsReadHasARow() {
        Set<String> documented = new HashSet<>();
        reads().forEach(row -> types(row.get(0)).forEach(type -> documented.add(base(type))));
        assertThat(documented)
                .containsAll(ReadTypesTest.serverTypes().stream()
                        .map(one -> base(((String) one.get()[0]).replace("[sys].[hierarchyid]", "hierarchyid")))
                        .toList());
    }

    private static String base(String type) {
        return type.replaceAll("\\(.*", "");
    }

    private static String read(String sqlType, ArrowReadOptions options) throws SQLException {
        return shown(new ReadMapping(options)
                .schema(List.of(column(sqlType)))
                .getFields()
                .get(0));
    }

    /** As the document writes it. */
    private static String shown(Field field) {
        ArrowType type = field.getType();
        String extension = field.getMetadata().get("ARROW:extension:name");
        if (type instanceof UuidType uuid) {
            return "extension `" + uuid.extensionName() + "`";
        } else if (type instanceof ArrowType.Int whole) {
            return (whole.getIsSigned() ? "int" : "uint") + whole.getBitWidth();
        } else if (type instanceof ArrowType.FloatingPoint point) {
            return "float" + (16 << point.getPrecision().ordinal());
        } else if (type instanceof ArrowType.Decimal decimal) {
            return "decimal" + decimal.getBitWidth() + "(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
        } else if (type instanceof ArrowType.Date date) {
            return date.getUnit() == DateUnit.DAY ? "date32" : "date64";
        } else if (type instanceof ArrowType.Time time) {
            return "time" + time.getBitWidth() + "[" + unit(time.getUnit()) + "]";
        } else if (type instanceof ArrowType.Timestamp timestamp) {
            String zone = timestamp.getTimezone() == null ? "" : ", " + timestamp.getTimezone();
            return "timestamp[" + unit(timestamp.getUnit()) + zone + "]";
        } else if (type instanceof ArrowType.FixedSizeList list) {
            return "fixed_size_list(" + shown(field.getChildren().get(0)) + ", " + list.getListSize() + ")";
        }
        return type.toString().toLowerCase(Locale.ROOT) + (extension == null ? "" : " extension `" + extension + "`");
    }

    private static String unit(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> "s";
            case MILLISECOND -> "ms";
            case MICROSECOND -> "us";
            case NANOSECOND -> "ns";
        };
    }

    private static Field field(ArrowType type, Field... children) {
        return new Field("x", FieldType.nullable(type), List.of(children));
    }

    private static Field floating(FloatingPointPrecision precision) {
        return field(new ArrowType.FloatingPoint(precision));
    }

    private static Field embedding(FloatingPointPrecision precision) {
        return field(new ArrowType.FixedSizeList(2), floating(precision));
    }

    private static List<Field> timestamps(String zone) {
        return Stream.of(TimeUnit.values())
                .map(unit -> field(new ArrowType.Timestamp(unit, zone)))
                .toList();
    }

    /** What the names in the document stand for. */
    private static final Map<String, List<Field>> SOURCES = Map.ofEntries(
            Map.entry("bool", List.of(field(ArrowType.Bool.INSTANCE))),
            Map.entry(
                    "every integer type",
                    Stream.of(8, 16, 32, 64)
                            .flatMap(bits -> Stream.of(
                                    field(new ArrowType.Int(bits, true)), field(new ArrowType.Int(bits, false))))
                            .toList()),
            Map.entry(
                    "decimal128",
                    List.of(field(new ArrowType.Decimal(9, 3, 128)), field(new ArrowType.Decimal(9, 1, 128)))),
            Map.entry("decimal256", List.of(field(new ArrowType.Decimal(9, 3, 256)))),
            Map.entry("float32", List.of(floating(FloatingPointPrecision.SINGLE))),
            Map.entry("float64", List.of(floating(FloatingPointPrecision.DOUBLE))),
            Map.entry("date32", List.of(field(new ArrowType.Date(DateUnit.DAY)))),
            Map.entry("date64", List.of(field(new ArrowType.Date(DateUnit.MILLISECOND)))),
            Map.entry("date64 in whole days", List.of(field(new ArrowType.Date(DateUnit.MILLISECOND)))),
            Map.entry(
                    "time32",
                    List.of(
                            field(new ArrowType.Time(TimeUnit.SECOND, 32)),
                            field(new ArrowType.Time(TimeUnit.MILLISECOND, 32)))),
            Map.entry(
                    "time64",
                    List.of(
                            field(new ArrowType.Time(TimeUnit.MICROSECOND, 64)),
                            field(new ArrowType.Time(TimeUnit.NANOSECOND, 64)))),
            Map.entry("timestamp without a zone", timestamps(null)),
            Map.entry("timestamp with a zone", timestamps("Europe/Berlin")),
            Map.entry("stored with offset +00:00", List.of()),
            Map.entry("`arrow.uuid`", List.of(field(UuidType.INSTANCE))),
            Map.entry("fixed_size_binary(16)", List.of(field(new ArrowType.FixedSizeBinary(16)))),
            Map.entry("utf8", List.of(field(ArrowType.Utf8.INSTANCE))),
            Map.entry("large_utf8", List.of(field(ArrowType.LargeUtf8.INSTANCE))),
            Map.entry("binary", List.of(field(ArrowType.Binary.INSTANCE))),
            Map.entry("large_binary", List.of(field(ArrowType.LargeBinary.INSTANCE))),
            Map.entry(
                    "fixed_size_binary",
                    List.of(field(new ArrowType.FixedSizeBinary(2)), field(new ArrowType.FixedSizeBinary(16)))),
            Map.entry("fixed_size_list of n float32", List.of(embedding(FloatingPointPrecision.SINGLE))),
            Map.entry("of a float16 vector float16", List.of()),
            Map.entry("null", List.of(field(ArrowType.Null.INSTANCE))));

    /** Those that no column takes. */
    private static final List<Field> REFUSED = List.of(
            floating(FloatingPointPrecision.HALF),
            embedding(FloatingPointPrecision.HALF),
            field(ArrowType.List.INSTANCE, field(ArrowType.Utf8.INSTANCE)),
            field(ArrowType.LargeList.INSTANCE, field(ArrowType.Utf8.INSTANCE)),
            field(new ArrowType.FixedSizeList(3), floating(FloatingPointPrecision.SINGLE)),
            field(ArrowType.Struct.INSTANCE, field(ArrowType.Utf8.INSTANCE)),
            field(new ArrowType.Interval(IntervalUnit.DAY_TIME)),
            field(new ArrowType.Duration(TimeUnit.MICROSECOND)),
            field(ArrowType.Utf8View.INSTANCE),
            field(ArrowType.BinaryView.INSTANCE));

    @TestFactory
    Stream<DynamicTest> aColumnTakesWhatItsRowSaysAndNothingElse() {
        List<List<String>> rows = loads();
        List<String> last = rows.get(rows.size() - 1);
        assertThat(last.get(0)).isEqualTo("every type");
        return rows.stream()
                .limit(rows.size() - 1)
                .map(row -> DynamicTest.dynamicTest(row.get(0), () -> {
                    Set<Field> taken = new HashSet<>(sources(last.get(1)));
                    taken.addAll(sources(row.get(1)));
                    for (String target : types(row.get(0))) {
                        check(column(target), taken);
                    }
                }));
    }

    @Test
    void aVectorOfFloat16TakesFloat16() {
        check(
                column("vector(2,float16)"),
                Set.of(embedding(FloatingPointPrecision.HALF), field(ArrowType.Null.INSTANCE)));
    }

    /** What follows a semicolon is a remark on values. */
    private static List<Field> sources(String cell) {
        List<Field> fields = new ArrayList<>();
        for (String name : cell.replaceAll(";.*", "").split(", | and ")) {
            assertThat(SOURCES).as("docs/types.md names it").containsKey(name);
            fields.addAll(SOURCES.get(name));
        }
        return fields;
    }

    private static void check(Column target, Set<Field> taken) {
        LoadMapping mapping = new LoadMapping(Set.of());
        Stream.concat(SOURCES.values().stream().flatMap(List::stream), REFUSED.stream())
                .forEach(source -> {
                    String pair = source.getType() + " into " + target.type().toSql();
                    if (taken.contains(source)) {
                        assertThatCode(() -> mapping.source(source, target))
                                .as(pair)
                                .doesNotThrowAnyException();
                    } else {
                        assertThatThrownBy(() -> mapping.source(source, target))
                                .as(pair)
                                .isInstanceOf(SQLSyntaxErrorException.class)
                                .hasMessageContaining("does not go into");
                    }
                });
    }
}
