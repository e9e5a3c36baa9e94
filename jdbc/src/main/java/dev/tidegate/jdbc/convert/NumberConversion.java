package dev.tidegate.jdbc.convert;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;

/** Numbers, booleans and text that holds numbers. */
final class NumberConversion {
    /** 2^63 as a double: the first one that a long cannot hold. */
    private static final double LONG_LIMIT = 0x1p63;

    /** No integer target has more digits; beyond them nothing needs to be expanded to know that it does not fit. */
    private static final int MOST_LONG_DIGITS = 19;

    private NumberConversion() {}

    static long toLong(Cell cell, long min, long max, String target) throws SQLException {
        long number = whole(cell, target);
        if (number < min || number > max) {
            throw cell.outOfRange(target);
        }
        return number;
    }

    static double toDouble(Cell cell, String target) throws SQLException {
        Object value = cell.value();
        if (value instanceof BigDecimal || value instanceof String || value instanceof BigInteger) {
            double number = toBigDecimal(cell, target).doubleValue();
            if (Double.isInfinite(number)) {
                throw cell.outOfRange(target);
            }
            return number;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean bit) {
            return bit ? 1 : 0;
        }
        throw cell.unconvertible(target);
    }

    static float toFloat(Cell cell) throws SQLException {
        double number = toDouble(cell, "float");
        if (Math.abs(number) > Float.MAX_VALUE && !Double.isInfinite(number)) {
            throw cell.outOfRange("float");
        }
        return (float) number;
    }

    static BigDecimal toBigDecimal(Cell cell, String target) throws SQLException {
        Object value = cell.value();
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        if (value instanceof Double || value instanceof Float) {
            return ofFloating(cell, target);
        }
        if (value instanceof Number number) {
            return BigDecimal.valueOf(number.longValue());
        }
        if (value instanceof Boolean bit) {
            return bit ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof String text) {
            return parse(cell, text, target);
        }
        throw cell.unconvertible(target);
    }

    static boolean toBoolean(Cell cell) throws SQLException {
        Object value = cell.value();
        if (value instanceof Boolean bit) {
            return bit;
        }
        if (value instanceof String text) {
            String word = text.strip();
            if (word.equalsIgnoreCase("true") || word.equals("1")) {
                return true;
            }
            if (word.equalsIgnoreCase("false") || word.equals("0")) {
                return false;
            }
            throw cell.malformed("true, false, 1 or 0");
        }
        if (value instanceof BigDecimal number) {
            return number.signum() != 0;
        }
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue() != 0;
        }
        if (value instanceof Number number) {
            return number.longValue() != 0;
        }
        throw cell.unconvertible("boolean");
    }

    private static long whole(Cell cell, String target) throws SQLException {
        Object value = cell.value();
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Boolean bit) {
            return bit ? 1 : 0;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!(number >= -LONG_LIMIT && number < LONG_LIMIT)) {
                throw cell.outOfRange(target);
            }
            return (long) number;
        }
        BigDecimal number = toBigDecimal(cell, target);
        if ((long) number.precision() - number.scale() > MOST_LONG_DIGITS) {
            throw cell.outOfRange(target);
        }
        // A scale beyond the digits leaves zero before the point; asking for it directly avoids powers of ten of any
        // size.
        BigInteger whole = number.precision() <= number.scale() ? BigInteger.ZERO : number.toBigInteger();
        if (whole.bitLength() > Long.SIZE - 1) {
            throw cell.outOfRange(target);
        }
        return whole.longValue();
    }

    private static BigDecimal ofFloating(Cell cell, String target) throws SQLException {
        double number = ((Number) cell.value()).doubleValue();
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw cell.outOfRange(target);
        }
        // The shortest text that reads back as the same number, not the binary expansion.
        return new BigDecimal(cell.value().toString());
    }

    private static BigDecimal parse(Cell cell, String text, String target) throws SQLException {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            SQLException failure = cell.malformed("a number for " + target);
            failure.initCause(e);
            throw failure;
        }
    }
}
