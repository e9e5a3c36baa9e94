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

    Scalar seenAs(DuckType wider, boolean rounded) {
        return new Scalar(sql, type, wider, nullable, fuzzy || rounded);
    }
}
