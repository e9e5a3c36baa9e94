package dev.tidegate.jdbc.sql;

import java.sql.Types;
import java.util.EnumSet;
import java.util.Set;

/**
 * The types that <code>{fn CONVERT(…)}</code> converts to, by their names in java.sql (JDBC 4.3 appendix C.2), what stands for them in
 * T-SQL's CAST, and which of them CAST converts into which. A type that stands for several of the server's converts only as all of them
 * do.
 */
public enum CastType {
    BIT(Types.BIT, "bit", Family.EXACT),
    BOOLEAN(Types.BOOLEAN, "bit", Family.EXACT),
    TINYINT(Types.TINYINT, "tinyint", Family.EXACT),
    SMALLINT(Types.SMALLINT, "smallint", Family.EXACT),
    INTEGER(Types.INTEGER, "int", Family.EXACT),
    BIGINT(Types.BIGINT, "bigint", Family.EXACT),
    DECIMAL(Types.DECIMAL, "decimal", Family.EXACT),
    NUMERIC(Types.NUMERIC, "numeric", Family.EXACT),
    REAL(Types.REAL, "real", Family.APPROXIMATE),
    FLOAT(Types.FLOAT, "float", Family.APPROXIMATE),
    DOUBLE(Types.DOUBLE, "float", Family.APPROXIMATE),
    CHAR(Types.CHAR, "char", Family.TEXT),
    VARCHAR(Types.VARCHAR, "varchar(max)", Family.TEXT),
    LONGVARCHAR(Types.LONGVARCHAR, "varchar(max)", Family.TEXT),
    CLOB(Types.CLOB, "varchar(max)", Family.TEXT),
    NCHAR(Types.NCHAR, "nchar", Family.TEXT),
    NVARCHAR(Types.NVARCHAR, "nvarchar(max)", Family.TEXT),
    LONGNVARCHAR(Types.LONGNVARCHAR, "nvarchar(max)", Family.TEXT),
    NCLOB(Types.NCLOB, "nvarchar(max)", Family.TEXT),
    BINARY(Types.BINARY, "binary", Family.BINARY),
    VARBINARY(Types.VARBINARY, "varbinary(max)", Family.BINARY),
    LONGVARBINARY(Types.LONGVARBINARY, "varbinary(max)", Family.BINARY),
    BLOB(Types.BLOB, "varbinary(max)", Family.BINARY),
    DATE(Types.DATE, "date", Family.DATE),
    TIME(Types.TIME, "time", Family.TIME),
    TIMESTAMP(Types.TIMESTAMP, "datetime2", Family.INSTANT),
    TIMESTAMP_WITH_TIMEZONE(Types.TIMESTAMP_WITH_TIMEZONE, "datetimeoffset", Family.INSTANT),
    SQLXML(Types.SQLXML, "xml", Family.XML);

    /** Types that convert in the same way. */
    private enum Family {
        EXACT,
        APPROXIMATE,
        TEXT,
        BINARY,
        DATE,
        TIME,
        INSTANT,
        XML;

        /** As the table of CAST and CONVERT has it, implicit and explicit conversions alike. */
        private Set<Family> targets() {
            return switch (this) {
                case EXACT, APPROXIMATE -> EnumSet.of(EXACT, APPROXIMATE, TEXT, BINARY);
                case TEXT -> EnumSet.allOf(Family.class);
                case BINARY -> EnumSet.of(EXACT, TEXT, BINARY, DATE, TIME, INSTANT, XML);
                case DATE -> EnumSet.of(TEXT, BINARY, DATE, INSTANT);
                case TIME -> EnumSet.of(TEXT, BINARY, TIME, INSTANT);
                case INSTANT -> EnumSet.of(TEXT, BINARY, DATE, TIME, INSTANT);
                case XML -> EnumSet.of(TEXT, BINARY, XML);
            };
        }
    }

    private final int jdbcType;
    private final String serverType;
    private final Family family;

    CastType(int jdbcType, String serverType, Family family) {
        this.jdbcType = jdbcType;
        this.serverType = serverType;
        this.family = family;
    }

    /** The constant of {@link Types}. */
    public int jdbcType() {
        return jdbcType;
    }

    /** As CAST names it. */
    public String serverType() {
        return serverType;
    }

    /** Null if there is none of that name. */
    static CastType named(String name) {
        for (CastType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** Whether values of the one type convert to the other; a value may still be out of range, or no text of the type. */
    public static boolean converts(int fromJdbcType, int toJdbcType) {
        CastType from = of(fromJdbcType);
        CastType to = of(toJdbcType);
        if (from == null || to == null) {
            return false;
        }
        return switch (from) {
            // Columns of these types are text, ntext and image, which CAST takes for less than their successors.
            case LONGVARCHAR, LONGNVARCHAR -> to.family == Family.TEXT;
            case LONGVARBINARY -> to.family == Family.BINARY;
            default -> from.family.targets().contains(to.family);
        };
    }

    private static CastType of(int jdbcType) {
        for (CastType type : values()) {
            if (type.jdbcType == jdbcType) {
                return type;
            }
        }
        return null;
    }
}
