package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import java.io.ByteArrayOutputStream;
import java.util.UUID;

/** Two values compared. */
final class Comparisons {
    private static final int MAX_PRECISION = 38;

    private final Rules rules;
    private final TextPredicates texts;

    Comparisons(Rules rules) {
        this.rules = rules;
        this.texts = new TextPredicates(rules);
    }

    Tsql compare(Operand left, Comparison comparison, Operand right) throws Untranslatable {
        if (left instanceof Scalar scalar && right instanceof Literal literal) {
            return compare(scalar, comparison, literal);
        }
        if (left instanceof Literal literal && right instanceof Scalar scalar) {
            return compare(scalar, comparison.turned(), literal);
        }
        if (left instanceof Scalar first && right instanceof Scalar second) {
            return compare(first, comparison, second);
        }
        throw new Untranslatable("constants are compared with each other");
    }

    private Tsql compare(Scalar scalar, Comparison comparison, Literal literal) throws Untranslatable {
        if (literal.isNull()) {
            return Predicates.NEVER;
        }
        if (!scalar.isComparable()) {
            throw new Untranslatable(
                    "SQL Server does not compare " + scalar.type().toSql());
        }
        return switch (scalar.sqlType()) {
            case BIT -> bit(scalar, comparison, literal);
            case CHAR, VARCHAR, NCHAR, NVARCHAR -> {
                if (!literal.isFor(DuckType.VARCHAR)) {
                    throw new Untranslatable("a text is compared with " + literal.cast());
                }
                yield texts.compare(scalar, comparison, literal.text());
            }
            case UNIQUEIDENTIFIER -> uuid(scalar, comparison, literal);
            case BINARY, VARBINARY -> bytes(scalar, comparison, literal);
            case DATE, TIME, SMALLDATETIME, DATETIME, DATETIME2, DATETIMEOFFSET ->
                bounded(scalar, comparison, TimeBounds.of(scalar, literal));
            default -> bounded(scalar, comparison, NumberBounds.of(scalar, literal));
        };
    }

    private Tsql bounded(Scalar scalar, Comparison comparison, Bounds<?> bounds) throws Untranslatable {
        if (bounds.fuzzy() && rules != Rules.SUPERSET) {
            throw new Untranslatable("an exact number is compared with a float");
        }
        return bounds.compare(scalar.sql(), comparison);
    }

    private static Tsql bit(Scalar scalar, Comparison comparison, Literal literal) throws Untranslatable {
        boolean equality = comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
        if (!equality || !scalar.duck().equals(DuckType.BOOLEAN) || !(literal.value() instanceof Boolean value)) {
            throw new Untranslatable("a bit is compared with what is no BOOLEAN");
        }
        return Tsql.of("{} = " + (value == (comparison == Comparison.EQUAL) ? 1 : 0), scalar.sql());
    }

    private static Tsql uuid(Scalar scalar, Comparison comparison, Literal literal) throws Untranslatable {
        if (comparison != Comparison.EQUAL && comparison != Comparison.NOT_EQUAL) {
            throw new Untranslatable("uniqueidentifier has an order of its own");
        }
        Tsql value = Tsql.value(TypeInfo.uniqueidentifier(), uuid(scalar, literal));
        return Tsql.of("{} " + comparison.sql() + " {}", scalar.sql(), value);
    }

    static UUID uuid(Scalar scalar, Literal literal) throws Untranslatable {
        String text = literal.text();
        try {
            UUID value = UUID.fromString(text);
            if (literal.isFor(scalar.duck()) && value.toString().equalsIgnoreCase(text)) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw new Untranslatable("a UUID that is not of the usual form");
        }
        throw new Untranslatable("a UUID that is not of the usual form");
    }

    /** SQL Server takes bytes for equal that differ in zeros at the end. */
    private Tsql bytes(Scalar scalar, Comparison comparison, Literal literal) throws Untranslatable {
        if (literal.cast() == null || !literal.cast().equals(DuckType.of("BLOB"))) {
            throw new Untranslatable("bytes are compared with what is no BLOB");
        }
        byte[] value = blob(literal.text());
        Tsql parameter = Tsql.value(TypeInfo.varbinary(value.length > 8_000 ? TypeInfo.PLP : 8_000), value);
        Tsql same = Tsql.of("{} " + comparison.sql() + " {}", scalar.sql(), parameter);
        Tsql length = Tsql.of(
                "DATALENGTH({}) " + comparison.sql() + " {}",
                scalar.sql(),
                Tsql.value(TypeInfo.integer(), value.length));
        return switch (comparison) {
            case EQUAL -> rules == Rules.SUPERSET ? same : Tsql.of("({} AND {})", same, length);
            case NOT_EQUAL -> Tsql.of("({} OR {})", same, length);
            default -> throw new Untranslatable("bytes are ordered otherwise");
        };
    }

    /** DuckDB prints what is no printable ASCII as \xHH. */
    private static byte[] blob(String text) throws Untranslatable {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                if (i + 4 > text.length() || text.charAt(i + 1) != 'x') {
                    throw new Untranslatable("a BLOB that is not of the usual form");
                }
                int high = Character.digit(text.charAt(i + 2), 16);
                int low = Character.digit(text.charAt(i + 3), 16);
                if (high < 0 || low < 0) {
                    throw new Untranslatable("a BLOB that is not of the usual form");
                }
                bytes.write(high << 4 | low);
                i += 3;
            } else if (c < ' ' || c > '~') {
                throw new Untranslatable("a BLOB that is not of the usual form");
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    private Tsql compare(Scalar left, Comparison comparison, Scalar right) throws Untranslatable {
        if (left.fuzzy() || right.fuzzy()) {
            throw new Untranslatable("an exact number is compared with a float");
        }
        if (left.duck().isText() && right.duck().isText()) {
            return texts.compare(left, comparison, right);
        }
        if (!isComparedAlike(left, comparison, right)) {
            throw new Untranslatable(
                    left.type().toSql() + " is compared with " + right.type().toSql());
        }
        return Tsql.of("{} " + comparison.sql() + " {}", left.sql(), right.sql());
    }

    private static boolean isComparedAlike(Scalar left, Comparison comparison, Scalar right) {
        SqlTypeName first = left.sqlType();
        SqlTypeName second = right.sqlType();
        if (isExactNumber(left) && isExactNumber(right)) {
            int digits = Math.max(NumberBounds.ownDigits(left.type()), NumberBounds.ownDigits(right.type()));
            int scale = Math.max(NumberBounds.scale(left.type()), NumberBounds.scale(right.type()));
            return digits + scale <= MAX_PRECISION && hasRoomFor(first, second) && hasRoomFor(second, first);
        }
        boolean equality = comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
        if (first == SqlTypeName.DATETIME || second == SqlTypeName.DATETIME) {
            // DuckDB has a datetime in milliseconds; against other types the server takes its thirds of them.
            return first == second;
        }
        if (left.isCut() || right.isCut()) {
            return false;
        }
        return switch (first) {
            case DATE, SMALLDATETIME, DATETIME2 ->
                second == SqlTypeName.DATE || second == SqlTypeName.SMALLDATETIME || second == SqlTypeName.DATETIME2;
            case UNIQUEIDENTIFIER, BIT -> first == second && equality;
            case REAL, FLOAT, TIME, DATETIMEOFFSET ->
                first == second && left.duck().equals(right.duck());
            default -> false;
        };
    }

    /** Money ranks above whole numbers: the server makes money of them, and fails where that has no room. */
    private static boolean hasRoomFor(SqlTypeName money, SqlTypeName other) {
        return switch (money) {
            case MONEY -> other != SqlTypeName.BIGINT;
            case SMALLMONEY -> other != SqlTypeName.BIGINT && other != SqlTypeName.INT;
            default -> true;
        };
    }

    private static boolean isExactNumber(Scalar scalar) {
        return scalar.duck().isExactNumber()
                && switch (scalar.sqlType()) {
                    case TINYINT, SMALLINT, INT, BIGINT, DECIMAL, NUMERIC, MONEY, SMALLMONEY -> true;
                    default -> false;
                };
    }
}
