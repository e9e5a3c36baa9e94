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
 * @param nullable false only if the server promises that there is no NULL
 */
public record Scalar(Tsql sql, TypeInfo type, DuckType duck, boolean nullable, Rounding rounding) implements Operand {
    public static Scalar of(Tsql sql, TypeInfo type, DuckType duck) {
        return new Scalar(sql, type, duck, true, rounding(type, duck));
    }

    static Scalar notNull(Tsql sql, TypeInfo type, DuckType duck) {
        return new Scalar(sql, type, duck, false, rounding(type, duck));
    }

    public static Scalar column(Tsql sql, RemoteColumn column) {
        DuckType duck = DuckType.of(column.duckdbType());
        return new Scalar(sql, column.type(), duck, column.nullable(), rounding(column.type(), duck));
    }

    private static Rounding rounding(TypeInfo type, DuckType duck) {
        boolean seven = switch (type.sqlType()) {
            case TIME, DATETIME2, DATETIMEOFFSET -> type.scale() == 7;
            default -> false;
        };
        return seven && !duck.is("TIMESTAMP_NS", "TIME_NS") ? Rounding.CUT : Rounding.NONE;
    }

    /** True if DuckDB sees an exact number through a cast to a float. */
    boolean fuzzy() {
        return rounding == Rounding.DOUBLE || rounding == Rounding.FLOAT;
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
        return rounding == Rounding.CUT;
    }

    /** The same value under another name. */
    public Scalar as(Tsql other) {
        return new Scalar(other, type, duck, nullable, rounding);
    }

    public Scalar orNull() {
        return new Scalar(sql, type, duck, true, rounding);
    }

    /** True if both engines take the values of this and {@code other} for values of one type, so that they can stand in one column. */
    public boolean isAlike(Scalar other) {
        return duck.equals(other.duck) && type.equals(other.type) && rounding == other.rounding;
    }

    /** True if GROUP BY and DISTINCT take the same values for equal in both engines. */
    public boolean isGrouped(Rules rules) {
        if (rounding != Rounding.NONE) {
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

    /** The same value behind one more cast, which undoes no rounding before it. */
    Scalar seenAs(DuckType wider, Rounding further) {
        return new Scalar(sql, type, wider, nullable, rounding.and(further));
    }
}
