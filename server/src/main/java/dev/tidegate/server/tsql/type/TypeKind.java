package dev.tidegate.server.tsql.type;

import java.util.Locale;
import java.util.Optional;

/** The system types of SQL Server, from the highest precedence to the lowest: an expression takes the higher of its operands' types. */
public enum TypeKind {
    SQL_VARIANT("sql_variant"),
    XML("xml"),
    JSON("json"),
    VECTOR("vector"),
    DATETIMEOFFSET("datetimeoffset"),
    DATETIME2("datetime2"),
    DATETIME("datetime"),
    SMALLDATETIME("smalldatetime"),
    DATE("date"),
    TIME("time"),
    FLOAT("float"),
    REAL("real"),
    DECIMAL("decimal"),
    NUMERIC("numeric"),
    MONEY("money"),
    SMALLMONEY("smallmoney"),
    BIGINT("bigint"),
    INT("int"),
    SMALLINT("smallint"),
    TINYINT("tinyint"),
    BIT("bit"),
    NTEXT("ntext"),
    TEXT("text"),
    IMAGE("image"),
    ROWVERSION("timestamp"),
    UNIQUEIDENTIFIER("uniqueidentifier"),
    NVARCHAR("nvarchar"),
    NCHAR("nchar"),
    VARCHAR("varchar"),
    CHAR("char"),
    VARBINARY("varbinary"),
    BINARY("binary");

    private final String sqlName;

    TypeKind(String sqlName) {
        this.sqlName = sqlName;
    }

    /** The name as {@code sys.types} shows it. */
    public String sqlName() {
        return sqlName;
    }

    public boolean isCharacter() {
        return switch (this) {
            case NVARCHAR, NCHAR, VARCHAR, CHAR, TEXT, NTEXT -> true;
            default -> false;
        };
    }

    /** True for the character types in UTF-16. */
    public boolean isNational() {
        return this == NVARCHAR || this == NCHAR || this == NTEXT;
    }

    public boolean isBinary() {
        return this == VARBINARY || this == BINARY || this == IMAGE || this == ROWVERSION;
    }

    /** True for tinyint to bigint; bit is not counted. */
    public boolean isInteger() {
        return this == BIGINT || this == INT || this == SMALLINT || this == TINYINT;
    }

    public boolean isDecimal() {
        return this == DECIMAL || this == NUMERIC;
    }

    public boolean isMoney() {
        return this == MONEY || this == SMALLMONEY;
    }

    public boolean isApproximate() {
        return this == FLOAT || this == REAL;
    }

    public boolean isNumeric() {
        return isInteger() || isDecimal() || isMoney() || isApproximate() || this == BIT;
    }

    public boolean isTemporal() {
        return switch (this) {
            case DATETIMEOFFSET, DATETIME2, DATETIME, SMALLDATETIME, DATE, TIME -> true;
            default -> false;
        };
    }

    /** @param name in any case; synonyms are known too ({@code integer}, {@code dec}, {@code character varying}, {@code sysname}, …) */
    public static Optional<TypeKind> ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (TypeKind kind : values()) {
            if (kind.sqlName.equals(lower)) {
                return Optional.of(kind);
            }
        }
        return Optional.ofNullable(
                switch (lower) {
                    case "integer" -> INT;
                    case "dec" -> DECIMAL;
                    case "double precision" -> FLOAT;
                    case "character" -> CHAR;
                    case "character varying", "char varying" -> VARCHAR;
                    case "national character", "national char" -> NCHAR;
                    case "national character varying", "national char varying", "sysname" -> NVARCHAR;
                    case "national text" -> NTEXT;
                    case "binary varying" -> VARBINARY;
                    case "rowversion" -> ROWVERSION;
                    default -> null;
                });
    }
}
