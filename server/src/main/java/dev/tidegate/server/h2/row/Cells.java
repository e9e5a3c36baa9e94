package dev.tidegate.server.h2.row;

import dev.tidegate.server.tsql.type.SqlType;

/** Chooses the cells of a result's columns. */
public final class Cells {
    private Cells() {}

    /** @return null if there is a column whose values have to be Java forms: sql_variant, of which each has a type of its own, and vector */
    public static Cell[] of(SqlType[] types) {
        Cell[] cells = new Cell[types.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = of(types[i]);
            if (cells[i] == null) {
                return null;
            }
        }
        return cells;
    }

    private static Cell of(SqlType type) {
        return switch (type.kind()) {
            case BIT -> new NumberCells.Bit();
            case TINYINT -> new NumberCells.TinyInt();
            case SMALLINT -> new NumberCells.SmallInt();
            case INT -> new NumberCells.Int();
            case BIGINT -> new NumberCells.BigInt();
            case REAL -> new NumberCells.Real(type);
            case FLOAT -> new NumberCells.Double64(type);
            case DECIMAL, NUMERIC -> new NumberCells.Decimal(type);
            case MONEY -> new NumberCells.Money(type, 63);
            case SMALLMONEY -> new NumberCells.Money(type, 31);
            case DATE -> new TimeCells.Date(type);
            case TIME -> new TimeCells.Time(type);
            case DATETIME, SMALLDATETIME, DATETIME2 -> new TimeCells.Timestamp(type);
            case DATETIMEOFFSET -> new TimeCells.TimestampOffset(type);
            case UNIQUEIDENTIFIER -> new ByteCells.Guid();
            case CHAR, VARCHAR, NCHAR, NVARCHAR, TEXT, NTEXT, XML, JSON -> new ByteCells.Text(type);
            case BINARY, VARBINARY, IMAGE, ROWVERSION -> new ByteCells.Binary();
            case VECTOR, SQL_VARIANT -> null;
        };
    }
}
