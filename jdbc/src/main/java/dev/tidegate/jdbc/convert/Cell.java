package dev.tidegate.jdbc.convert;

import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.sql.SQLDataException;
import java.sql.SQLException;

/**
 * A value that is not NULL, with its SQL type and the words that name it in an error text.
 *
 * @param value in the Java form that the type has in the {@code tds} module
 * @param type null where the value came from Java and has no SQL type yet
 * @param subject for instance {@code column 3 (total)}
 */
public record Cell(Object value, TypeInfo type, String subject) {
    private static final int MOST_SHOWN = 40;

    /** A sql_variant becomes the value that it holds, with that value's type. */
    public static Cell of(Object value, TypeInfo type, String subject) {
        if (value instanceof SqlVariant variant) {
            return new Cell(variant.value(), variant.type(), subject);
        }
        return new Cell(value, type, subject);
    }

    /** Range-checked; digits after the point are cut off. */
    public long toWhole(long min, long max, String target) throws SQLException {
        return NumberConversion.toLong(this, min, max, target);
    }

    /** Range-checked; digits after the point are cut off. */
    public byte toByte() throws SQLException {
        return (byte) NumberConversion.toLong(this, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    }

    /** Range-checked; digits after the point are cut off. */
    public short toShort() throws SQLException {
        return (short) NumberConversion.toLong(this, Short.MIN_VALUE, Short.MAX_VALUE, "short");
    }

    /** Range-checked; digits after the point are cut off. */
    public int toInt() throws SQLException {
        return (int) NumberConversion.toLong(this, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }

    /** Range-checked; digits after the point are cut off. */
    public long toLong() throws SQLException {
        return NumberConversion.toLong(this, Long.MIN_VALUE, Long.MAX_VALUE, "long");
    }

    /** Range-checked; the nearest float. */
    public float toFloat() throws SQLException {
        return NumberConversion.toFloat(this);
    }

    /** Range-checked; the nearest double. */
    public double toDouble() throws SQLException {
        return NumberConversion.toDouble(this, "double");
    }

    public BigDecimal toBigDecimal() throws SQLException {
        return NumberConversion.toBigDecimal(this, "BigDecimal");
    }

    /** A number is true unless it is zero; text is {@code true}, {@code false}, {@code 1} or {@code 0}. */
    public boolean toBoolean() throws SQLException {
        return NumberConversion.toBoolean(this);
    }

    /** Never fails: every value has a text, the one that the server's own tools show. */
    public String toText() {
        return TextConversion.toText(value, type);
    }

    /** Bytes of binary values; a uniqueidentifier's in the server's order. */
    public byte[] toBytes() throws SQLException {
        return BinaryConversion.toBytes(this);
    }

    SqlKind kind() {
        return type == null ? null : SqlKind.of(type);
    }

    SQLException unconvertible(String target) {
        return new SQLDataException(
                subject
                        + (type == null
                                ? " is a " + value.getClass().getName()
                                : " has type " + TypeFacts.declaration(type))
                        + "; that cannot become " + target,
                "07006");
    }

    SQLException malformed(String target) {
        return new SQLDataException(subject + " holds " + shown() + ", which is not " + target, "22018");
    }

    SQLException outOfRange(String target) {
        return new SQLDataException(subject + " holds " + shown() + ", which does not fit " + target, "22003");
    }

    private String shown() {
        String text = toText();
        return text.length() <= MOST_SHOWN ? "'" + text + "'" : "'" + text.substring(0, MOST_SHOWN) + "…'";
    }

    /** The value may be a secret: only its class is shown. */
    @Override
    public String toString() {
        return "Cell[" + subject + ", " + value.getClass().getSimpleName() + "]";
    }
}
