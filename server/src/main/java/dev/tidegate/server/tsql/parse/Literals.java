package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.convert.CodePageText;
import dev.tidegate.server.tsql.type.SqlType;
import java.math.BigDecimal;
import java.util.HexFormat;

/** Gives constants the types that SQL Server gives them. */
final class Literals {
    private static final BigDecimal MOST_MONEY = new BigDecimal("922337203685477.5807");

    private Literals() {}

    static Expression.Literal of(Token token) throws SqlServerException {
        String text = token.text();
        return switch (token.kind()) {
            case STRING -> new Expression.Literal(SqlType.varchar(Math.max(1, text.length())), CodePageText.of(text));
            case NATIONAL_STRING -> new Expression.Literal(SqlType.nvarchar(Math.max(1, text.length())), text);
            case INTEGER -> integer(text);
            case DECIMAL -> decimal(new BigDecimal(text.startsWith(".") ? "0" + text : text));
            case FLOAT -> floating(text);
            case MONEY -> money(text);
            case BINARY -> {
                String even = text.length() % 2 == 0 ? text : "0" + text;
                yield new Expression.Literal(
                        SqlType.varbinary(Math.max(1, even.length() / 2)),
                        HexFormat.of().parseHex(even));
            }
            default -> throw new IllegalArgumentException("not a constant: " + token);
        };
    }

    static Expression negate(Expression.Literal literal) {
        Object value = literal.value();
        if (value instanceof Integer number) {
            return new Expression.Literal(literal.type(), -number);
        }
        if (value instanceof BigDecimal number) {
            BigDecimal negative = number.negate();
            boolean smallestInt = negative.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) == 0 && number.scale() == 0;
            return smallestInt
                    ? new Expression.Literal(SqlType.INT, Integer.MIN_VALUE)
                    : new Expression.Literal(literal.type(), negative);
        }
        if (value instanceof Double number) {
            return new Expression.Literal(literal.type(), -number);
        }
        return new Expression.Unary("-", literal);
    }

    private static Expression.Literal integer(String text) throws SqlServerException {
        if (text.length() <= 10) {
            long value = Long.parseLong(text);
            if (value <= Integer.MAX_VALUE) {
                return new Expression.Literal(SqlType.INT, (int) value);
            }
        }
        return decimal(new BigDecimal(text));
    }

    private static Expression.Literal decimal(BigDecimal value) throws SqlServerException {
        int scale = Math.max(0, value.scale());
        int precision = Math.max(value.precision(), scale);
        if (precision > 38) {
            throw KnownError.NUMBER_TOO_LARGE.exception(value.toPlainString());
        }
        return new Expression.Literal(SqlType.numeric(precision, scale), value.setScale(scale));
    }

    private static Expression.Literal floating(String text) throws SqlServerException {
        String complete = text.endsWith("e") || text.endsWith("E") || text.endsWith("+") || text.endsWith("-")
                ? text + "0"
                : text;
        double value = Double.parseDouble(complete);
        if (Double.isInfinite(value)) {
            throw KnownError.FLOAT_LITERAL_TOO_LARGE.exception(text);
        }
        return new Expression.Literal(SqlType.FLOAT, value);
    }

    private static Expression.Literal money(String text) throws SqlServerException {
        try {
            BigDecimal value = new BigDecimal(text).setScale(4, java.math.RoundingMode.HALF_UP);
            if (value.abs().compareTo(MOST_MONEY) <= 0) {
                return new Expression.Literal(SqlType.MONEY, value);
            }
        } catch (NumberFormatException e) {
            // two points or none but a sign: refused below like a number out of range
        }
        throw KnownError.TEXT_TO_SMALLMONEY.exception();
    }
}
