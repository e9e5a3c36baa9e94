package dev.tidegate.bench.data;

import dev.tidegate.tds.type.TypeInfo;

/** How a program reads a column: one for each getter of JDBC that the data sets need. */
public enum Kind {
    BIT,
    INT,
    LONG,
    DOUBLE,
    DECIMAL,
    DATE,
    TIMESTAMP,
    TEXT;

    static Kind of(TypeInfo type) {
        return switch (type.sqlType()) {
            case BIT -> BIT;
            case TINYINT, SMALLINT, INT -> INT;
            case BIGINT -> LONG;
            case FLOAT -> DOUBLE;
            case DECIMAL -> DECIMAL;
            case DATE -> DATE;
            case DATETIME2 -> TIMESTAMP;
            case CHAR, VARCHAR, NVARCHAR -> TEXT;
            default -> throw new IllegalArgumentException("no data set has columns of type " + type.toSql());
        };
    }
}
