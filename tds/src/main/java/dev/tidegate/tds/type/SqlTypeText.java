package dev.tidegate.tds.type;

import dev.tidegate.tds.type.TypeInfo.SchemaName;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types as T-SQL writes them, both ways. */
final class SqlTypeText {
    private static final Pattern FORM = Pattern.compile(
            "\\s*(?:\\[([a-zA-Z0-9_]+)]|([a-zA-Z][a-zA-Z0-9_]*(?:\\s+[a-zA-Z]+)*))\\s*(?:\\(\\s*(\\w+)\\s*(?:,\\s*(\\w+)\\s*)?\\))?\\s*");

    /** Stands for {@code max} among the arguments; no number that a type takes. */
    private static final int MAX = -1;

    private static final int NONE = -2;

    private SqlTypeText() {}

    static String format(TypeInfo info) {
        SqlTypeName type = info.sqlType();
        String name = type.sqlName();
        return switch (type) {
            case DECIMAL, NUMERIC -> name + "(" + info.precision() + "," + info.scale() + ")";
            case TIME, DATETIME2, DATETIMEOFFSET -> name + "(" + info.scale() + ")";
            case CHAR, VARCHAR, BINARY, VARBINARY -> name + "(" + (info.isPlp() ? "max" : info.maxLength()) + ")";
            case NCHAR, NVARCHAR -> name + "(" + (info.isPlp() ? "max" : info.maxLength() / 2) + ")";
            case VECTOR -> {
                boolean half = info.scale() == VectorBytes.FLOAT16;
                yield name + "(" + VectorBytes.dimensions(info) + (half ? ",float16)" : ")");
            }
            case UDT, TABLE -> info.schema() == null ? name : qualified(info.schema());
            default -> name;
        };
    }

    private static String qualified(SchemaName name) {
        StringBuilder text = new StringBuilder();
        for (String part : new String[] {name.database(), name.schema(), name.name()}) {
            if (part != null && !part.isEmpty()) {
                text.append(text.length() == 0 ? "" : ".")
                        .append('[')
                        .append(part.replace("]", "]]"))
                        .append(']');
            }
        }
        return text.toString();
    }

    static TypeInfo parse(String sql, Collation collation) {
        Matcher matcher = FORM.matcher(sql);
        if (!matcher.matches()) {
            throw refused(sql, "it is not of the form name, name(n) or name(n,m)");
        }
        String written = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        String name = written.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        if (name.equals("vector")) {
            return vector(sql, matcher.group(3), matcher.group(4));
        }
        int first = argument(sql, matcher.group(3));
        int second = argument(sql, matcher.group(4));
        try {
            TypeInfo type = first == NONE ? plain(name, collation) : null;
            if (type == null) {
                type = sized(sql, name, first, second, collation);
            }
            return type;
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith("'") ? e : refused(sql, e.getMessage());
        }
    }

    private static TypeInfo vector(String sql, String dimensions, String element) {
        boolean half = "float16".equalsIgnoreCase(element);
        if (dimensions == null || element != null && !half && !"float32".equalsIgnoreCase(element)) {
            throw refused(sql, "vector takes a number of dimensions and float32 or float16");
        }
        try {
            return TypeInfo.vector(argument(sql, dimensions), half ? VectorBytes.FLOAT16 : VectorBytes.FLOAT32);
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith("'") ? e : refused(sql, e.getMessage());
        }
    }

    private static int argument(String sql, String text) {
        if (text == null) {
            return NONE;
        }
        if (text.equalsIgnoreCase("max")) {
            return MAX;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refused(sql, "'" + text + "' is not a number");
        }
        throw refused(sql, "'" + text + "' is not a number");
    }

    /** Types without arguments; null if the name is not one of them. */
    private static TypeInfo plain(String name, Collation collation) {
        return switch (name) {
            case "bit" -> TypeInfo.bit();
            case "tinyint" -> TypeInfo.tinyint();
            case "smallint" -> TypeInfo.smallint();
            case "int", "integer" -> TypeInfo.integer();
            case "bigint" -> TypeInfo.bigint();
            case "real" -> TypeInfo.real();
            case "float", "double precision" -> TypeInfo.float8();
            case "money" -> TypeInfo.money();
            case "smallmoney" -> TypeInfo.smallmoney();
            case "date" -> TypeInfo.date();
            case "smalldatetime" -> TypeInfo.smalldatetime();
            case "datetime" -> TypeInfo.datetime();
            case "uniqueidentifier" -> TypeInfo.uniqueidentifier();
            case "text" -> TypeInfo.text(collation);
            case "ntext", "national text" -> TypeInfo.ntext(collation);
            case "image" -> TypeInfo.image();
            case "xml" -> TypeInfo.xml();
            case "json" -> TypeInfo.json();
            case "sql_variant" -> TypeInfo.sqlVariant();
            case "sysname" -> TypeInfo.nvarchar(128, collation);
            case "timestamp", "rowversion" -> TypeInfo.binary(8);
            case "hierarchyid" -> clr(name, 892, "SqlHierarchyId");
            case "geometry" -> clr(name, TypeInfo.PLP, "SqlGeometry");
            case "geography" -> clr(name, TypeInfo.PLP, "SqlGeography");
            default -> null;
        };
    }

    private static TypeInfo clr(String name, int length, String className) {
        String assembly = "Microsoft.SqlServer.Types." + className
                + ", Microsoft.SqlServer.Types, Version=11.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91";
        return new TypeInfo(DataType.UDT, length, 0, 0, null, new SchemaName("", "sys", name, assembly));
    }

    private static TypeInfo sized(String sql, String name, int first, int second, Collation collation) {
        boolean decimal = name.equals("decimal") || name.equals("dec") || name.equals("numeric");
        if (second != NONE && !decimal) {
            throw refused(sql, name + " takes one number, not two");
        }
        switch (name) {
            case "decimal":
            case "dec":
                return TypeInfo.decimal(first == NONE ? 18 : first, second == NONE ? 0 : second);
            case "numeric":
                TypeInfo same = TypeInfo.decimal(first == NONE ? 18 : first, second == NONE ? 0 : second);
                return new TypeInfo(DataType.NUMERICN, same.maxLength(), same.precision(), same.scale(), null, null);
            case "float":
                if (first < 1 || first > 53) {
                    throw refused(sql, "float takes 1 to 53");
                }
                return first <= 24 ? TypeInfo.real() : TypeInfo.float8();
            case "time":
                return TypeInfo.time(first == NONE ? 7 : first);
            case "datetime2":
                return TypeInfo.datetime2(first == NONE ? 7 : first);
            case "datetimeoffset":
                return TypeInfo.datetimeoffset(first == NONE ? 7 : first);
            default:
                return text(sql, name, first == NONE ? 1 : first, collation);
        }
    }

    private static TypeInfo text(String sql, String name, int length, Collation collation) {
        switch (name) {
            case "varchar", "char varying", "character varying":
                return TypeInfo.varchar(length, collation);
            case "nvarchar", "national char varying", "national character varying":
                return TypeInfo.nvarchar(length, collation);
            case "varbinary", "binary varying":
                return TypeInfo.varbinary(length);
            default:
        }
        if (length == MAX) {
            throw refused(sql, "(max) goes with varchar, nvarchar and varbinary only");
        }
        return switch (name) {
            case "char", "character" -> TypeInfo.charType(length, collation);
            case "nchar", "national char", "national character" -> TypeInfo.nchar(length, collation);
            case "binary" -> TypeInfo.binary(length);
            default -> throw refused(sql, "there is no type of that name, or it takes no length");
        };
    }

    private static IllegalArgumentException refused(String sql, String why) {
        return new IllegalArgumentException("'" + sql + "' is not a type: " + why);
    }
}
