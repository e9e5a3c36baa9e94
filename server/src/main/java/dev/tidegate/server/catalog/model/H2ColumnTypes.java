package dev.tidegate.server.catalog.model;

import dev.tidegate.server.tsql.type.ColumnDeclaration;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import org.h2.schema.Sequence;
import org.h2.table.Column;
import org.h2.value.TypeInfo;
import org.h2.value.Value;

/** The T-SQL type of an H2 column: as it was declared, or, for the columns of views, what comes nearest to H2's type. */
public final class H2ColumnTypes {
    private H2ColumnTypes() {}

    public static ColumnDeclaration declaration(Column column) {
        return ColumnDeclaration.parse(column.getComment())
                .orElseGet(() -> new ColumnDeclaration(nearest(column.getType())));
    }

    /** The type of a sequence's numbers. H2's tinyint is another one, so that its smallint stands for it; the bounds tell the two apart. */
    public static SqlType of(Sequence sequence) {
        SqlType type = nearest(sequence.getDataType());
        boolean tiny = type.equals(SqlType.SMALLINT) && sequence.getMinValue() >= 0 && sequence.getMaxValue() <= 255;
        return tiny ? SqlType.TINYINT : type;
    }

    public static SqlType nearest(TypeInfo type) {
        int scale = Math.clamp(type.getScale(), 0, 7);
        return switch (type.getValueType()) {
            case Value.BOOLEAN -> SqlType.BIT;
            case Value.TINYINT -> SqlType.TINYINT;
            case Value.SMALLINT -> SqlType.SMALLINT;
            case Value.INTEGER -> SqlType.INT;
            case Value.BIGINT -> SqlType.BIGINT;
            case Value.REAL -> SqlType.REAL;
            case Value.DOUBLE -> SqlType.FLOAT;
            case Value.NUMERIC, Value.DECFLOAT -> decimal(type);
            case Value.DATE -> SqlType.DATE;
            case Value.TIME, Value.TIME_TZ -> SqlType.time(scale);
            case Value.TIMESTAMP -> SqlType.datetime2(scale);
            case Value.TIMESTAMP_TZ -> SqlType.datetimeoffset(scale);
            case Value.UUID -> SqlType.UNIQUEIDENTIFIER;
            case Value.CHAR -> SqlType.sized(TypeKind.NCHAR, length(type, 4000));
            case Value.BINARY -> SqlType.sized(TypeKind.BINARY, length(type, 8000));
            case Value.VARBINARY, Value.BLOB, Value.JAVA_OBJECT -> SqlType.varbinary(length(type, 8000));
            case Value.JSON -> SqlType.JSON;
            default -> SqlType.nvarchar(length(type, 4000));
        };
    }

    private static SqlType decimal(TypeInfo type) {
        int precision = Math.clamp(type.getPrecision(), 1, 38);
        return SqlType.decimal(precision, Math.clamp(type.getScale(), 0, precision));
    }

    private static int length(TypeInfo type, int most) {
        long precision = type.getPrecision();
        return precision < 1 || precision > most ? SqlType.MAX : (int) precision;
    }
}
