package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;

/** Values that a column can take as they are, without a conversion of the server's own. */
public final class Assignments {
    private Assignments() {}

    /** What {@code column} is set to, so that it then is the value that DuckDB computes. */
    public static Tsql value(Scalar column, Operand value) throws Untranslatable {
        if (value instanceof Literal literal) {
            return literal.isNull() ? Tsql.text("NULL") : constant(column, literal);
        }
        Scalar scalar = (Scalar) value;
        boolean numbers = column.duck().isExactNumber()
                && scalar.duck().isExactNumber()
                && !scalar.fuzzy()
                && (column.duck().holds(scalar.duck()) || isRounded(column));
        if (numbers) {
            return Computations.checked(scalar);
        }
        if (scalar.type().equals(column.type()) && scalar.duck().equals(column.duck()) && !scalar.isCut()) {
            return scalar.sql();
        }
        throw new Untranslatable(
                scalar.type().toSql() + " becomes " + column.type().toSql());
    }

    /** Both engines round to a decimal's last digit half away from zero, and refuse a number that it has no room for. */
    private static boolean isRounded(Scalar column) {
        return column.sqlType() == SqlTypeName.DECIMAL || column.sqlType() == SqlTypeName.NUMERIC;
    }

    private static Tsql constant(Scalar column, Literal literal) throws Untranslatable {
        switch (column.sqlType()) {
            case BIT:
                if (literal.value() instanceof Boolean) {
                    return Tsql.value(TypeInfo.bit(), literal.value());
                }
                break;
            case CHAR, VARCHAR, NCHAR, NVARCHAR:
                return text(column, literal);
            case TINYINT, SMALLINT, INT, BIGINT, DECIMAL, NUMERIC, MONEY, SMALLMONEY:
                return exactly(column, NumberBounds.of(column, literal));
            case FLOAT:
                if (literal.value() instanceof BigDecimal) {
                    return exactly(column, NumberBounds.of(column, literal));
                }
                break;
            case DATE, TIME, DATETIME, DATETIME2:
                return exactly(column, TimeBounds.of(column, literal));
            case UNIQUEIDENTIFIER:
                return Tsql.value(TypeInfo.uniqueidentifier(), Comparisons.uuid(column, literal));
            default:
        }
        throw new Untranslatable("a constant becomes " + column.type().toSql());
    }

    private static Tsql exactly(Scalar column, Bounds<?> bounds) throws Untranslatable {
        if (bounds.fuzzy() || column.isCut() || !bounds.least().equals(bounds.greatest())) {
            throw new Untranslatable("a constant that " + column.type().toSql() + " does not have");
        }
        return Tsql.value(bounds.type(), bounds.least());
    }

    /** A character that the code page lacks would silently become another one. */
    private static Tsql text(Scalar column, Literal literal) throws Untranslatable {
        if (!literal.isFor(DuckType.VARCHAR) || !column.duck().isText()) {
            throw new Untranslatable("a constant becomes " + column.type().toSql());
        }
        String text = literal.text();
        if (!column.sqlType().isUnicode() && !text.chars().allMatch(c -> c < 0x80)) {
            throw new Untranslatable(
                    "text beyond ASCII becomes " + column.type().toSql());
        }
        return Tsql.value(TypeInfo.nvarchar(text.length() > 4_000 ? TypeInfo.PLP : 4_000, null), text);
    }
}
