package dev.tidegate.duckdb.ddl;

import dev.tidegate.duckdb.scan.ScanTypes;
import dev.tidegate.duckdb.sql.Token;
import dev.tidegate.duckdb.sql.Tokenizer;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A type that a definition names. Where DuckDB and SQL Server give one name to different types, it means DuckDB's: TINYINT has a sign, and
 * FLOAT has 32 bits. Names that DuckDB does not have are SQL Server's.
 *
 * @param sql as T-SQL writes it
 * @param duckdb the type that a scan has for it
 */
record ColumnType(String sql, String duckdb) {
    /** The characters of two bytes each that fit the key of a clustered index. */
    private static final String KEY_TEXT = "nvarchar(450)";

    private static final String KEY_BYTES = "varbinary(900)";
    private static final int LONGEST_NVARCHAR = 4000;
    private static final int LONGEST_VARBINARY = 8000;

    /**
     * @param written as in the statement
     * @param isKey whether an index is to be on the column, which texts without a length cannot have
     * @throws SQLFeatureNotSupportedException naming the column and its type, if SQL Server has no such type
     */
    static ColumnType of(String column, String written, boolean isKey) throws SQLException {
        List<Token> tokens =
                Tokenizer.tokens(written).stream().filter(Token::isSignificant).toList();
        StringBuilder words = new StringBuilder();
        List<String> arguments = new ArrayList<>();
        boolean inside = false;
        boolean ended = false;
        for (Token token : tokens) {
            if (token.isPunctuation('(') && !inside && arguments.isEmpty()) {
                inside = true;
            } else if (token.isPunctuation(')') && inside) {
                inside = false;
                ended = true;
            } else if (inside && (token.kind() == Token.Kind.NUMBER || token.isWord("max"))) {
                arguments.add(token.text().toLowerCase(Locale.ROOT));
            } else if (!inside && token.isName()) {
                words.append(words.isEmpty() ? "" : " ").append(token.name().toUpperCase(Locale.ROOT));
            } else if (!inside || !token.isPunctuation(',')) {
                throw unknown(column, written);
            }
        }
        if (inside || ended != !arguments.isEmpty()) {
            throw unknown(column, written);
        }
        return of(column, written, words.toString(), arguments, isKey);
    }

    private static ColumnType of(String column, String written, String name, List<String> arguments, boolean isKey)
            throws SQLException {
        String list = arguments.isEmpty() ? "" : arguments.stream().collect(Collectors.joining(",", "(", ")"));
        ColumnType plain = list.isEmpty() ? plain(name) : null;
        if (plain != null) {
            return plain;
        }
        switch (name) {
            case "VARCHAR", "CHAR", "CHARACTER", "BPCHAR", "TEXT", "STRING", "CHARACTER VARYING", "CHAR VARYING":
                return list.isEmpty()
                        ? new ColumnType(isKey ? KEY_TEXT : "nvarchar(max)", "VARCHAR")
                        : new ColumnType("nvarchar" + length(column, written, arguments, LONGEST_NVARCHAR), "VARCHAR");
            case "BLOB", "BYTEA", "BINARY", "VARBINARY":
                if (list.isEmpty()) {
                    return new ColumnType(isKey ? KEY_BYTES : "varbinary(max)", "BLOB");
                }
                if (name.equals("BLOB") || name.equals("BYTEA")) {
                    throw unknown(column, written);
                }
                return new ColumnType(
                        name.toLowerCase(Locale.ROOT) + length(column, written, arguments, LONGEST_VARBINARY), "BLOB");
            case "DECIMAL", "NUMERIC", "DEC":
                return decimal(column, written, arguments);
            case "TIMESTAMP":
                return ofServer(column, written, "datetime2" + list);
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ":
                return ofServer(column, written, "datetimeoffset" + list);
            default:
                return ofServer(column, written, name.toLowerCase(Locale.ROOT) + list);
        }
    }

    /** @return null if the name is none that stands by itself */
    private static ColumnType plain(String name) {
        return switch (name) {
            case "BOOLEAN", "BOOL", "LOGICAL", "BIT" -> new ColumnType("bit", "BOOLEAN");
            case "UTINYINT", "UINT8" -> new ColumnType("tinyint", "UTINYINT");
            case "TINYINT", "INT1", "SMALLINT", "INT2", "INT16", "SHORT" -> new ColumnType("smallint", "SMALLINT");
            case "INTEGER", "INT", "INT4", "INT32", "SIGNED", "USMALLINT", "UINT16" -> new ColumnType("int", "INTEGER");
            case "BIGINT", "INT8", "INT64", "LONG", "OID", "UINTEGER", "UINT32" -> new ColumnType("bigint", "BIGINT");
            case "UBIGINT", "UINT64" -> new ColumnType("decimal(20,0)", "DECIMAL(20,0)");
            case "HUGEINT", "INT128", "UHUGEINT", "UINT128" -> new ColumnType("decimal(38,0)", "DECIMAL(38,0)");
            case "REAL", "FLOAT", "FLOAT4" -> new ColumnType("real", "FLOAT");
            case "DOUBLE", "FLOAT8", "DOUBLE PRECISION" -> new ColumnType("float", "DOUBLE");
            case "UUID", "GUID" -> new ColumnType("uniqueidentifier", "UUID");
            case "DATE" -> new ColumnType("date", "DATE");
            case "TIME", "TIME WITHOUT TIME ZONE" -> new ColumnType("time(6)", "TIME");
            case "TIME_NS" -> new ColumnType("time(7)", "TIME_NS");
            case "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP_US", "DATETIME" ->
                new ColumnType("datetime2(6)", "TIMESTAMP");
            case "TIMESTAMP_S" -> new ColumnType("datetime2(0)", "TIMESTAMP");
            case "TIMESTAMP_MS" -> new ColumnType("datetime2(3)", "TIMESTAMP");
            case "TIMESTAMP_NS" -> new ColumnType("datetime2(7)", "TIMESTAMP_NS");
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ" ->
                new ColumnType("datetimeoffset(6)", "TIMESTAMP WITH TIME ZONE");
            case "JSON" -> new ColumnType("nvarchar(max)", "VARCHAR");
            default -> null;
        };
    }

    private static ColumnType decimal(String column, String written, List<String> arguments) throws SQLException {
        String precision = arguments.isEmpty() ? "18" : arguments.get(0);
        String scale = arguments.size() > 1 ? arguments.get(1) : arguments.isEmpty() ? "3" : "0";
        if (arguments.size() > 2) {
            throw unknown(column, written);
        }
        return ofServer(column, written, "decimal(" + precision + "," + scale + ")");
    }

    private static String length(String column, String written, List<String> arguments, int longest)
            throws SQLException {
        if (arguments.size() == 1 && arguments.get(0).equals("max")) {
            return "(max)";
        }
        if (arguments.size() != 1 || !arguments.get(0).matches("[1-9]\\d{0,8}")) {
            throw unknown(column, written);
        }
        int length = Integer.parseInt(arguments.get(0));
        return length > longest ? "(max)" : "(" + length + ")";
    }

    /** A type of SQL Server's, checked and written as the server shows it. */
    private static ColumnType ofServer(String column, String written, String sql) throws SQLException {
        try {
            TypeInfo type = TypeInfo.ofSql(sql);
            return new ColumnType(type.toSql(), ScanTypes.of(type));
        } catch (IllegalArgumentException e) {
            throw unknown(column, written);
        }
    }

    private static SQLException unknown(String column, String written) {
        boolean nested = written.indexOf('[') >= 0
                || written.toUpperCase(Locale.ROOT).matches("(?s)\\s*(STRUCT|MAP|UNION|ENUM|INTERVAL)\\b.*");
        return nested
                ? new SQLFeatureNotSupportedException(
                        "column \"" + column + "\": SQL Server has no type like " + written
                                + "; keep the values as text, in a VARCHAR",
                        "0A000")
                : new SQLSyntaxErrorException(
                        "column \"" + column + "\": " + written + " is no type that SQL Server or DuckDB has, or not"
                                + " with these arguments",
                        "42704");
    }
}
