package dev.tidegate.server.tsql.function;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** String functions. */
final class TextFunctions {
    private static final SqlType LONGEST = SqlType.nvarchar(SqlType.MAX);

    private TextFunctions() {}

    /** Writes one function. */
    @FunctionalInterface
    private interface Writer {
        Operand write(Arguments a) throws SqlServerException;
    }

    private static ScalarFunction function(int fewest, int most, Writer writer) {
        return (name, arguments, context) ->
                writer.write(new Arguments(name, arguments, context).checked(fewest, most));
    }

    private static Operand replicate(String text, String times, SqlType type) {
        int longest = type.isMax() ? 8_000_000 : type.length();
        return Operand.of("TIDEGATE.T_REPLICATE(" + text + ", " + times + ", " + longest + ")", type);
    }

    static Map<String, ScalarFunction> all() {
        return Map.ofEntries(
                Map.entry(
                        "LEN",
                        function(
                                1,
                                1,
                                a -> a.result(
                                        "TIDEGATE.T_LEN(" + a.text(0) + ")",
                                        a.get(0).type() != null
                                                        && a.get(0).type().isMax()
                                                ? SqlType.BIGINT
                                                : SqlType.INT))),
                Map.entry("DATALENGTH", function(1, 1, TextFunctions::dataLength)),
                Map.entry(
                        "CHARINDEX",
                        function(
                                2,
                                3,
                                a -> a.result(
                                        "TIDEGATE.T_CHARINDEX(" + a.text(0) + ", " + a.text(1) + ", "
                                                + a.integerOr(2, 1) + ")",
                                        a.get(1).type() != null
                                                        && a.get(1).type().isMax()
                                                ? SqlType.BIGINT
                                                : SqlType.INT))),
                Map.entry(
                        "PATINDEX",
                        function(
                                2,
                                2,
                                a -> a.result(
                                        "TIDEGATE.T_PATINDEX(" + a.text(0) + ", " + a.text(1) + ")", SqlType.INT))),
                Map.entry(
                        "STUFF",
                        function(
                                4,
                                4,
                                a -> Operand.of(
                                        "TIDEGATE.T_STUFF(" + a.text(0) + ", " + a.integer(1) + ", " + a.integer(2)
                                                + ", " + a.text(3) + ")",
                                        widest(a, 0, 3)))),
                Map.entry("REPLICATE", function(2, 2, a -> replicate(a.text(0), a.integer(1), widest(a, 0)))),
                Map.entry("SUBSTRING", function(3, 3, TextFunctions::substring)),
                Map.entry(
                        "LEFT",
                        function(
                                2,
                                2,
                                a -> a.result(
                                        "TIDEGATE.T_SUBSTRING(" + a.text(0) + ", 1, " + a.integer(1) + ")",
                                        cut(a, 1)))),
                Map.entry(
                        "RIGHT",
                        function(
                                2,
                                2,
                                a -> a.result("TIDEGATE.T_RIGHT(" + a.text(0) + ", " + a.integer(1) + ")", cut(a, 1)))),
                Map.entry(
                        "REPLACE",
                        function(
                                3,
                                3,
                                a -> a.result(
                                        "TIDEGATE.T_REPLACE(" + a.text(0) + ", " + a.text(1) + ", " + a.text(2) + ")",
                                        widest(a, 0, 1, 2)))),
                Map.entry(
                        "TRANSLATE",
                        function(
                                3,
                                3,
                                a -> a.result(
                                        "TIDEGATE.T_TRANSLATE(" + a.text(0) + ", " + a.text(1) + ", " + a.text(2) + ")",
                                        unpadded(a.textType(0))))),
                Map.entry(
                        "UPPER",
                        function(1, 1, a -> a.result("TIDEGATE.T_UPPER(" + a.text(0) + ")", unpadded(a.textType(0))))),
                Map.entry(
                        "LOWER",
                        function(1, 1, a -> a.result("TIDEGATE.T_LOWER(" + a.text(0) + ")", unpadded(a.textType(0))))),
                Map.entry("LTRIM", function(1, 2, a -> trim(a, 1))),
                Map.entry("RTRIM", function(1, 2, a -> trim(a, 2))),
                Map.entry("TRIM", function(1, 2, a -> trim(a, 3))),
                Map.entry(
                        "REVERSE",
                        function(
                                1, 1, a -> a.result("TIDEGATE.T_REVERSE(" + a.text(0) + ")", unpadded(a.textType(0))))),
                Map.entry("SPACE", function(1, 1, a -> replicate("' '", a.integer(0), SqlType.varchar(8000)))),
                Map.entry("CONCAT", function(2, 254, a -> concat(a, 0))),
                Map.entry("CONCAT_WS", function(3, 254, a -> concat(a, 1))),
                Map.entry(
                        "QUOTENAME",
                        function(
                                1,
                                2,
                                a -> Operand.of(
                                        "TIDEGATE.T_QUOTENAME(" + a.text(0) + ", " + (a.size() > 1 ? a.text(1) : "'['")
                                                + ")",
                                        SqlType.nvarchar(258)))),
                Map.entry("ASCII", function(1, 1, a -> Operand.of("TIDEGATE.T_ASCII(" + a.text(0) + ")", SqlType.INT))),
                Map.entry(
                        "UNICODE",
                        function(1, 1, a -> Operand.of("TIDEGATE.T_UNICODE(" + a.text(0) + ")", SqlType.INT))),
                Map.entry(
                        "CHAR",
                        function(
                                1,
                                1,
                                a -> Operand.of(
                                        "TIDEGATE.T_CHAR(" + a.integer(0) + ")", new SqlType(TypeKind.CHAR, 1, 0, 0)))),
                Map.entry(
                        "NCHAR",
                        function(
                                1,
                                1,
                                a -> Operand.of(
                                        "TIDEGATE.T_NCHAR(" + a.integer(0) + ")",
                                        new SqlType(TypeKind.NCHAR, 1, 0, 0)))),
                Map.entry(
                        "STR",
                        function(
                                1,
                                3,
                                a -> Operand.of(
                                        "TIDEGATE.T_STR(" + a.as(0, SqlType.FLOAT) + ", " + a.integerOr(1, 10) + ", "
                                                + a.integerOr(2, 0) + ")",
                                        SqlType.varchar(8000)))),
                Map.entry("SOUNDEX", function(1, 1, a -> Operand.of("SOUNDEX(" + a.text(0) + ")", SqlType.varchar(5)))),
                Map.entry(
                        "DIFFERENCE",
                        function(
                                2,
                                2,
                                a -> Operand.of("DIFFERENCE(" + a.text(0) + ", " + a.text(1) + ")", SqlType.INT))),
                Map.entry("FORMAT", function(2, 3, TextFunctions::format)),
                Map.entry("HASHBYTES", function(2, 2, TextFunctions::hashBytes)),
                Map.entry(
                        "CHECKSUM",
                        function(
                                1,
                                1,
                                a -> Operand.of("TIDEGATE.T_CHECKSUM(" + a.as(0, a.textType(0)) + ")", SqlType.INT))),
                Map.entry(
                        "BINARY_CHECKSUM",
                        function(
                                1,
                                1,
                                a -> Operand.of("TIDEGATE.T_CHECKSUM(" + a.as(0, a.textType(0)) + ")", SqlType.INT))));
    }

    private static SqlType unpadded(SqlType type) {
        return switch (type.kind()) {
            case CHAR -> SqlType.varchar(type.length());
            case NCHAR -> SqlType.nvarchar(type.length());
            case TEXT -> SqlType.varchar(SqlType.MAX);
            case NTEXT -> LONGEST;
            default -> type;
        };
    }

    /** Results whose length is not known: the longest that is not (max), unless an argument is. */
    private static SqlType widest(Arguments a, int... indexes) {
        boolean national = false;
        boolean max = false;
        for (int index : indexes) {
            SqlType type = a.textType(index);
            national |= type.kind().isNational();
            max |= type.length() <= 0;
        }
        return national ? SqlType.nvarchar(max ? SqlType.MAX : 4000) : SqlType.varchar(max ? SqlType.MAX : 8000);
    }

    /** The argument's type cut to a length that is a constant. */
    private static SqlType cut(Arguments a, int index) {
        SqlType type = unpadded(a.textType(0));
        if (a.get(index).literal() instanceof Integer length
                && length > 0
                && (type.length() <= 0 || length < type.length())) {
            return type.isMax() && length > 4000 ? type : new SqlType(type.kind(), length, 0, 0);
        }
        return type;
    }

    private static Operand substring(Arguments a) throws SqlServerException {
        SqlType type = a.type(0, SqlType.nvarchar(1));
        if (type.kind().isBinary()) {
            return a.result(
                    "SUBSTRING(" + a.get(0).sql() + ", " + a.integer(1) + ", " + a.integer(2) + ")",
                    SqlType.varbinary(type.length() > 0 ? type.length() : SqlType.MAX));
        }
        return a.result(
                "TIDEGATE.T_SUBSTRING(" + a.text(0) + ", " + a.integer(1) + ", " + a.integer(2) + ")", cut(a, 2));
    }

    private static Operand trim(Arguments a, int sides) throws SqlServerException {
        String characters = a.size() > 1 ? a.text(1) : "' '";
        return a.result(
                "TIDEGATE.T_TRIM(" + a.text(0) + ", " + characters + ", " + sides + ")", unpadded(a.textType(0)));
    }

    private static Operand concat(Arguments a, int first) throws SqlServerException {
        boolean national = false;
        boolean max = false;
        int length = 0;
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            SqlType type = a.get(i).isNull()
                    ? SqlType.varchar(1)
                    : a.get(i)
                            .textTypeOr(SqlType.varchar(a.get(i).type().kind() == TypeKind.UNIQUEIDENTIFIER ? 36 : 30));
            national |= type.kind().isNational();
            max |= type.length() <= 0;
            length += type.length() * (first == 1 && i == 0 ? Math.max(1, a.size() - 2) : 1);
            texts.add(a.as(i, type));
        }
        int most = national ? 4000 : 8000;
        int result = max ? SqlType.MAX : Math.min(most, Math.max(1, length));
        SqlType type = national ? SqlType.nvarchar(result) : SqlType.varchar(result);
        return new Operand((first == 1 ? "CONCAT_WS(" : "CONCAT(") + String.join(", ", texts) + ")", type, false, null);
    }

    private static Operand dataLength(Arguments a) throws SqlServerException {
        SqlType type = a.type(0, SqlType.INT);
        String sql = a.get(0).sql();
        String bytes = switch (type.kind()) {
            case NVARCHAR, NCHAR, NTEXT, XML, JSON -> "CHAR_LENGTH(" + sql + ") * 2";
            case VARCHAR, CHAR, TEXT -> "CHAR_LENGTH(" + sql + ")";
            case SQL_VARIANT -> "TIDEGATE.T_VARIANT_LENGTH(" + sql + ")";
            case VARBINARY, BINARY, IMAGE, ROWVERSION -> "OCTET_LENGTH(" + sql + ")";
            default -> "CASE WHEN " + sql + " IS NOT NULL THEN " + fixedLength(type) + " END";
        };
        return a.result("(" + bytes + ")", type.isMax() ? SqlType.BIGINT : SqlType.INT);
    }

    private static int fixedLength(SqlType type) {
        return switch (type.kind()) {
            case BIT, TINYINT -> 1;
            case SMALLINT -> 2;
            case INT, REAL, SMALLMONEY, SMALLDATETIME -> 4;
            case DATE -> 3;
            case UNIQUEIDENTIFIER -> 16;
            default -> type.toTypeInfo().maxLength();
        };
    }

    private static Operand format(Arguments a) throws SqlServerException {
        SqlType type = a.type(0, SqlType.INT);
        String sql = type.kind().isTemporal()
                ? "TIDEGATE.T_FORMAT_DATE(" + a.as(0, SqlType.datetime2(7)) + ", " + a.text(1) + ")"
                : "TIDEGATE.T_FORMAT_NUMBER(" + a.get(0).sql() + ", " + a.text(1) + ")";
        return Operand.of(sql, SqlType.nvarchar(4000));
    }

    private static Operand hashBytes(Arguments a) throws SqlServerException {
        SqlType type = a.type(1, SqlType.varchar(1));
        String bytes = type.kind().isBinary()
                ? a.get(1).sql()
                : (type.kind().isNational() ? "TIDEGATE.T_UTF16(" : "TIDEGATE.T_CODE_PAGE(") + a.text(1) + ")";
        return Operand.of("TIDEGATE.T_HASHBYTES(" + a.text(0) + ", " + bytes + ")", SqlType.varbinary(8000));
    }
}
