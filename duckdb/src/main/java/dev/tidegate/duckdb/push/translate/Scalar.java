package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;

/**
 * A value that the server computes for each row.
 *
 * @param type on the server
 * @param duck in DuckDB; may be wider than the server's
 * @param fuzzy DuckDB sees it through a cast to a float, whose rounding is its own
 */
public record Scalar(Tsql sql, TypeInfo type, DuckType duck, boolean nullable, boolean fuzzy) implements Operand {
    public static Scalar of(Tsql sql, TypeInfo type, DuckType duck) {
        return new Scalar(sql, type, duck, true, false);
    }

    public static Scalar column(Tsql sql, RemoteColumn column) {
        return new Scalar(sql, column.type(), DuckType.of(column.duckdbType()), column.nullable(), false);
    }

    SqlTypeName sqlType() {
        return type.sqlType();
    }

    /** True where SQL Server compares values of the type at all, and DuckDB has them as more than their text. */
    boolean isComparable() {
        return switch (sqlType()) {
            case NULL, TEXT, NTEXT, IMAGE, XML, UDT, JSON, VECTOR, SQL_VARIANT, TABLE -> false;
            default -> true;
        };
    }

    /** True if DuckDB has cut off the seventh digit of a second. */
    boolean isCut() {
        boolean seven = switch (sqlType()) {
            case TIME, DATETIME2, DATETIMEOFFSET -> type.scale() == 7;
            default -> false;
        };
        return seven && !duck.is("TIMESTAMP_NS", "TIME_NS");
    }

    /** The same value under another name. */
    public Scalar as(Tsql other) {
        return new Scalar(other, type, duck, nullable, fuzzy);
    }

    public Scalar orNull() {
        return new Scalar(sql, type, duck, true, fuzzy);
    }

    /** True if both engines take the values of this and {@code other} for values of one type, so that they can stand in one column. */
    public boolean isAlike(Scalar other) {
        return duck.equals(other.duck) && type.equals(other.type) && fuzzy == other.fuzzy;
    }

    /** True if GROUP BY and DISTINCT take the same values for equal in both engines. */
    public boolean isGrouped(Rules rules) {
        if (isCut() || fuzzy) {
            return false;
        }
        return switch (sqlType()) {
            case BIT, TINYINT, SMALLINT, INT, BIGINT, DECIMAL, NUMERIC, SMALLMONEY, MONEY -> true;
            case DATE, TIME, SMALLDATETIME, DATETIME, DATETIME2, UNIQUEIDENTIFIER -> true;
            case REAL, FLOAT, CHAR, VARCHAR, NCHAR, NVARCHAR -> rules == Rules.SERVER;
            default -> false;
        };
    }

    /** True if ORDER BY, MIN and MAX see one order of the values in both engines. */
    public boolean isOrdered(Rules rules) {
        return switch (sqlType()) {
            case UNIQUEIDENTIFIER -> false;
            case REAL, FLOAT, BIT -> true;
            case DATETIMEOFFSET -> !isCut();
            default -> isGrouped(rules);
        };
    }

    Scalar seenAs(DuckType wider, boolean rounded) {
        return new Scalar(sql, type, wider, nullable, fuzzy || rounded);
    }
}
