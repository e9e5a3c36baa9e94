package dev.tidegate.server.tsql.function;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.translate.TypeRules;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions on numbers. */
final class MathFunctions {
    private MathFunctions() {}

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
        Map<String, ScalarFunction> all = new HashMap<>();
        for (String name : List.of("SIN", "COS", "TAN", "COT", "ASIN", "ACOS", "ATAN", "EXP", "LOG10", "SQRT")) {
            all.put(name, function(1, 1, a -> a.result(name + "(" + a.as(0, SqlType.FLOAT) + ")", SqlType.FLOAT)));
        }
        all.put(
                "ATN2",
                function(
                        2,
                        2,
                        a -> a.result(
                                "ATAN2(" + a.as(0, SqlType.FLOAT) + ", " + a.as(1, SqlType.FLOAT) + ")",
                                SqlType.FLOAT)));
        all.put(
                "LOG",
                function(
                        1,
                        2,
                        a -> a.result(
                                a.size() == 1
                                        ? "LN(" + a.as(0, SqlType.FLOAT) + ")"
                                        : "LOG(" + a.as(1, SqlType.FLOAT) + ", " + a.as(0, SqlType.FLOAT) + ")",
                                SqlType.FLOAT)));
        all.put("PI", function(0, 0, a -> new Operand("PI()", SqlType.FLOAT, false, null)));
        all.put("DEGREES", function(1, 1, a -> a.result("DEGREES(" + a.as(0, SqlType.FLOAT) + ")", SqlType.FLOAT)));
        all.put("RADIANS", function(1, 1, a -> a.result("RADIANS(" + a.as(0, SqlType.FLOAT) + ")", SqlType.FLOAT)));
        all.put("SQUARE", function(1, 1, a -> a.result("POWER(" + a.as(0, SqlType.FLOAT) + ", 2)", SqlType.FLOAT)));
        all.put(
                "RAND",
                function(
                        0,
                        1,
                        a -> new Operand(
                                a.size() == 0 ? "RAND()" : "RAND(" + a.integer(0) + ")", SqlType.FLOAT, false, null)));
        all.put("NEWID", function(0, 0, a -> new Operand("RANDOM_UUID()", SqlType.UNIQUEIDENTIFIER, false, null)));
        all.put(
                "NEWSEQUENTIALID",
                function(0, 0, a -> new Operand("RANDOM_UUID()", SqlType.UNIQUEIDENTIFIER, false, null)));
        all.put(
                "ISNUMERIC",
                function(
                        1,
                        1,
                        a -> new Operand(
                                "TIDEGATE.T_ISNUMERIC(" + a.as(0, SqlType.nvarchar(4000)) + ")",
                                SqlType.INT,
                                false,
                                null)));
        all.put("ABS", function(1, 1, a -> same(a, "ABS")));
        all.put("SIGN", function(1, 1, a -> {
            SqlType type = number(a, 0);
            return a.result(cast("SIGN(" + a.as(0, type) + ")", type), type);
        }));
        all.put("CEILING", function(1, 1, a -> whole(a, "CEILING")));
        all.put("FLOOR", function(1, 1, a -> whole(a, "FLOOR")));
        all.put("ROUND", function(2, 3, MathFunctions::round));
        all.put("POWER", function(2, 2, MathFunctions::power));
        all.put("GREATEST", function(1, 254, a -> extreme(a, "GREATEST")));
        all.put("LEAST", function(1, 254, a -> extreme(a, "LEAST")));
        return all;
    }

    /** The type in which a number is taken: text becomes float, bit and the small integers int. */
    private static SqlType number(Arguments a, int index) {
        SqlType type = a.type(index, SqlType.INT);
        return switch (type.kind()) {
            case TINYINT, SMALLINT, BIT -> SqlType.INT;
            case REAL -> SqlType.FLOAT;
            case SMALLMONEY -> SqlType.MONEY;
            default -> type.kind().isNumeric() ? type : SqlType.FLOAT;
        };
    }

    private static String cast(String sql, SqlType type) {
        String name = switch (type.kind()) {
            case DECIMAL, NUMERIC -> "NUMERIC(" + type.precision() + ", " + type.scale() + ")";
            case MONEY -> "NUMERIC(19, 4)";
            case FLOAT -> "DOUBLE PRECISION";
            case BIGINT -> "BIGINT";
            default -> "INTEGER";
        };
        return "CAST(" + sql + " AS " + name + ")";
    }

    private static Operand same(Arguments a, String h2) throws SqlServerException {
        SqlType type = number(a, 0);
        return a.result(h2 + "(" + a.as(0, type) + ")", type);
    }

    private static Operand whole(Arguments a, String h2) throws SqlServerException {
        SqlType type = number(a, 0);
        SqlType result = type.kind().isDecimal() ? new SqlType(type.kind(), 0, type.precision(), 0) : type;
        return a.result(cast(h2 + "(" + a.as(0, type) + ")", result), result);
    }

    private static Operand round(Arguments a) throws SqlServerException {
        SqlType type = number(a, 0);
        String exact =
                type.kind() == TypeKind.FLOAT ? "CAST(" + a.as(0, type) + " AS NUMERIC(100, 30))" : a.as(0, type);
        String sql = "TIDEGATE.T_ROUND(" + exact + ", " + a.integer(1) + ", " + a.integerOr(2, 0) + ")";
        return a.result(cast(sql, type), type);
    }

    /** A decimal keeps its scale and gets all digits that there are. */
    private static Operand power(Arguments a) throws SqlServerException {
        SqlType given = number(a, 0);
        SqlType type = given.kind().isDecimal() ? SqlType.numeric(38, given.scale()) : given;
        String sql = "POWER(" + a.as(0, SqlType.FLOAT) + ", " + a.as(1, SqlType.FLOAT) + ")";
        return a.result(type.kind() == TypeKind.FLOAT ? sql : cast(sql, type), type);
    }

    private static Operand extreme(Arguments a, String h2) throws SqlServerException {
        SqlType type = null;
        for (Operand operand : a.operands()) {
            type = TypeRules.common(type, operand.type());
        }
        SqlType common = type == null ? SqlType.INT : type;
        StringBuilder sql = new StringBuilder(h2).append('(');
        for (int i = 0; i < a.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(a.as(i, common));
        }
        return a.result(sql.append(')').toString(), common);
    }
}
