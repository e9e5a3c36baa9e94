package dev.tidegate.bench.data;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A table whose values follow from the numbers of row and column alone. They repeat after {@value #REPEAT} rows, so that who writes them can
 * have them ready.
 */
public enum DataSet {
    /** 16 columns shaped like TPC-H's lineitem, without NULLs. */
    LINEITEM(LineItem.FIELDS),
    /** 5 columns of a flight. */
    FLIGHTS(Flight.FIELDS),
    /** 60 columns of ten types, one value in twenty NULL. */
    WIDE(Wide.FIELDS),
    /** nvarchar of four lengths and three alphabets. */
    TEXT(Text.FIELDS),
    /** Lineitem's columns, all NULL. */
    NULLS(LineItem.FIELDS.stream()
            .map(field -> new Field("no_" + field.name(), field.type(), true, (row, random) -> null))
            .toList());

    /** Rows after which the values repeat. */
    public static final int REPEAT = 16_384;

    private final List<Field> fields;
    private final Field.Maker[] makers;

    DataSet(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.makers = fields.stream().map(Field::maker).toArray(Field.Maker[]::new);
    }

    /** Of the table, in SQL and on the command line. */
    public String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The batch that reads it. */
    public String query() {
        return "SELECT * FROM " + table();
    }

    public String createTable() {
        return fields.stream()
                .map(Field::definition)
                .collect(Collectors.joining(", ", "CREATE TABLE " + table() + " (", ")"));
    }

    public List<Field> fields() {
        return fields;
    }

    public List<TypeInfo> types() {
        return fields.stream().map(Field::type).toList();
    }

    public List<Column> columns() {
        return fields.stream().map(Field::column).toList();
    }

    /**
     * Makes a row.
     *
     * @param number from 0
     * @param into takes the values of a row, in the Java forms of {@code ValueCodec}
     */
    public void row(long number, Object[] into) {
        long row = number % REPEAT;
        for (int i = 0; i < makers.length; i++) {
            into[i] = makers[i].value(row, random(row, i));
        }
    }

    /** The finaliser of SplitMix64: neighbours have nothing in common. */
    private static long random(long row, int column) {
        long mixed = (row * 64 + column + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return (mixed ^ mixed >>> 31) >>> 1;
    }
}
