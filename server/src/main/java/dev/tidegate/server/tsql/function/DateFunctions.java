package dev.tidegate.server.tsql.function;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.convert.DatePart;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.Map;

/** Date and time functions. */
final class DateFunctions {
    private DateFunctions() {}

    /** Writes one function. */
    @FunctionalInterface
    private interface Writer {
        Operand write(Arguments a) throws SqlServerException;
    }

    private static ScalarFunction function(int fewest, int most, Writer writer) {
        return (name, arguments, context) ->
                writer.write(new Arguments(name, arguments, context).checked(fewest, most));
    }

    static Map<String, ScalarFunction> all() {
        return Map.ofEntries(
                Map.entry("DATEADD", function(3, 3, DateFunctions::add)),
                Map.entry("DATEDIFF", function(3, 3, a -> difference(a, SqlType.INT))),
                Map.entry("DATEDIFF_BIG", function(3, 3, a -> difference(a, SqlType.BIGINT))),
                Map.entry("DATEPART", function(2, 2, a -> part(a, a.get(0).sql(), 1))),
                Map.entry("YEAR", function(1, 1, a -> part(a, "'year'", 0))),
                Map.entry("MONTH", function(1, 1, a -> part(a, "'month'", 0))),
                Map.entry("DAY", function(1, 1, a -> part(a, "'day'", 0))),
                Map.entry("DATENAME", function(2, 2, a -> {
                    DatePart.of("datename", (String) a.get(0).literal());
                    return a.result(
                            "TIDEGATE.T_DATENAME(" + a.get(0).sql() + ", " + stamp(a, 1) + ", " + offset(a, 1) + ")",
                            SqlType.nvarchar(30));
                })),
                Map.entry("DATETRUNC", function(2, 2, DateFunctions::truncate)),
                Map.entry(
                        "EOMONTH",
                        function(
                                1,
                                2,
                                a -> a.result(
                                        "TIDEGATE.T_EOMONTH(" + a.as(0, SqlType.DATE) + ", " + a.integerOr(1, 0) + ")",
                                        SqlType.DATE))),
                Map.entry(
                        "DATEFROMPARTS",
                        function(
                                3,
                                3,
                                a -> a.result(
                                        "TIDEGATE.T_DATE_FROM_PARTS(" + a.integer(0) + ", " + a.integer(1) + ", "
                                                + a.integer(2) + ")",
                                        SqlType.DATE))),
                Map.entry("DATETIMEFROMPARTS", function(7, 7, a -> stampFromParts(a, 7, "3", SqlType.DATETIME))),
                Map.entry(
                        "SMALLDATETIMEFROMPARTS",
                        function(5, 5, a -> stampFromParts(a, 5, "0", SqlType.SMALLDATETIME))),
                Map.entry(
                        "DATETIME2FROMPARTS",
                        function(8, 8, a -> stampFromParts(a, 7, a.integer(7), SqlType.datetime2(scale(a, 7))))),
                Map.entry(
                        "TIMEFROMPARTS",
                        function(
                                5,
                                5,
                                a -> a.result(
                                        "TIDEGATE.T_TIME_FROM_PARTS(" + a.integer(0) + ", " + a.integer(1) + ", "
                                                + a.integer(2) + ", " + a.integer(3) + ", " + a.integer(4) + ")",
                                        SqlType.time(scale(a, 4))))),
                Map.entry(
                        "SWITCHOFFSET",
                        function(
                                2,
                                2,
                                a -> a.result(
                                        "TIDEGATE.T_SWITCHOFFSET("
                                                + a.as(
                                                        0,
                                                        SqlType.datetimeoffset(a.type(0, SqlType.DATE)
                                                                .scale())) + ", " + a.text(1) + ")",
                                        SqlType.datetimeoffset(
                                                a.type(0, SqlType.DATE).kind() == TypeKind.DATETIMEOFFSET
                                                        ? a.get(0).type().scale()
                                                        : 7)))),
                Map.entry(
                        "TODATETIMEOFFSET",
                        function(
                                2,
                                2,
                                a -> a.result(
                                        "TIDEGATE.T_TODATETIMEOFFSET(" + a.as(0, SqlType.datetime2(7)) + ", "
                                                + a.text(1) + ")",
                                        SqlType.datetimeoffset(
                                                a.type(0, SqlType.DATE).kind() == TypeKind.DATETIME2
                                                        ? a.get(0).type().scale()
                                                        : 7)))),
                Map.entry(
                        "ISDATE",
                        function(
                                1,
                                1,
                                a -> new Operand("TIDEGATE.T_ISDATE(" + a.text(0) + ")", SqlType.INT, false, null))));
    }

    private static int scale(Arguments a, int index) {
        return a.get(index).literal() instanceof Integer scale && scale >= 0 && scale <= 7 ? scale : 7;
    }

    /** The type that a date argument is computed in: text counts as datetime2 here, a number as datetime. */
    private static SqlType dateType(Arguments a, int index) {
        SqlType type = a.type(index, SqlType.DATETIME);
        return type.kind().isTemporal() ? type : SqlType.DATETIME;
    }

    private static String stamp(Arguments a, int index) throws SqlServerException {
        SqlType type = a.type(index, SqlType.DATETIME);
        SqlType through =
                type.kind().isTemporal() || type.kind().isCharacter() ? SqlType.datetime2(7) : SqlType.DATETIME;
        return a.as(index, type.kind() == TypeKind.DATETIME || type.kind() == TypeKind.SMALLDATETIME ? type : through);
    }

    private static String offset(Arguments a, int index) {
        return a.type(index, SqlType.DATETIME).kind() == TypeKind.DATETIMEOFFSET
                ? "TIDEGATE.T_OFFSET_MINUTES(" + a.get(index).sql() + ")"
                : "0";
    }

    private static Operand add(Arguments a) throws SqlServerException {
        DatePart.of("dateadd", (String) a.get(0).literal());
        SqlType type = dateType(a, 2);
        String amount = a.as(1, SqlType.BIGINT);
        if (type.kind() == TypeKind.DATETIMEOFFSET) {
            return a.result(
                    "CAST(TIDEGATE.T_DATEADD_OFFSET(" + a.get(0).sql() + ", " + amount + ", "
                            + a.get(2).sql() + ") AS TIMESTAMP(" + type.scale() + ") WITH TIME ZONE)",
                    type);
        }
        String sum = "TIDEGATE.T_DATEADD(" + a.get(0).sql() + ", " + amount + ", "
                + a.as(2, type.kind() == TypeKind.DATE || type.kind() == TypeKind.TIME ? SqlType.datetime2(7) : type)
                + ")";
        return a.result(a.context().convert(new Operand(sql(sum, type), stampType(type), true, null), type), type);
    }

    private static String sql(String sum, SqlType type) {
        return type.kind() == TypeKind.DATETIME
                        || type.kind() == TypeKind.SMALLDATETIME
                        || type.kind() == TypeKind.DATETIME2
                ? "CAST(" + sum + " AS TIMESTAMP(" + (type.kind() == TypeKind.DATETIME ? 3 : type.scale()) + "))"
                : sum;
    }

    private static SqlType stampType(SqlType type) {
        return type.kind() == TypeKind.DATE || type.kind() == TypeKind.TIME ? SqlType.datetime2(7) : type;
    }

    private static Operand difference(Arguments a, SqlType result) throws SqlServerException {
        DatePart.of("datediff", (String) a.get(0).literal());
        String sql = "TIDEGATE.T_DATEDIFF(" + a.get(0).sql() + ", " + stamp(a, 1) + ", " + stamp(a, 2) + ")";
        return a.result(result == SqlType.INT ? "CAST(" + sql + " AS INTEGER)" : sql, result);
    }

    private static Operand part(Arguments a, String part, int index) throws SqlServerException {
        if (index == 1) {
            DatePart.of("datepart", (String) a.get(0).literal());
        }
        return a.result(
                "TIDEGATE.T_DATEPART(" + part + ", " + stamp(a, index) + ", " + offset(a, index) + ")", SqlType.INT);
    }

    private static Operand truncate(Arguments a) throws SqlServerException {
        DatePart.of("datetrunc", (String) a.get(0).literal());
        SqlType type = dateType(a, 1);
        String sql = "TIDEGATE.T_DATETRUNC(" + a.get(0).sql() + ", " + stamp(a, 1) + ")";
        return a.result(a.context().convert(new Operand(sql, SqlType.datetime2(7), true, null), type), type);
    }

    private static Operand stampFromParts(Arguments a, int given, String digits, SqlType type)
            throws SqlServerException {
        StringBuilder sql = new StringBuilder("TIDEGATE.T_STAMP_FROM_PARTS(");
        for (int i = 0; i < 7; i++) {
            sql.append(i < given ? a.integer(i) : "0").append(", ");
        }
        String call = sql.append(digits).append(')').toString();
        return a.result(a.context().convert(new Operand(call, SqlType.datetime2(7), true, null), type), type);
    }
}
