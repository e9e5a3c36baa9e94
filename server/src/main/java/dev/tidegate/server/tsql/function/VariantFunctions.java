package dev.tidegate.server.tsql.function;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The functions that take a sql_variant. No other does: its value has to be cast for them. */
public final class VariantFunctions {
    private static final Set<String> TAKERS = Set.of("SQL_VARIANT_PROPERTY", "DATALENGTH");

    private VariantFunctions() {}

    static Map<String, ScalarFunction> all() {
        return Map.of("SQL_VARIANT_PROPERTY", (name, arguments, context) -> {
            Arguments a = new Arguments(name, arguments, context).checked(2, 2);
            return Operand.of(
                    "TIDEGATE.T_VARIANT_PROPERTY(" + a.as(0, SqlType.SQL_VARIANT) + ", " + a.text(1) + ")",
                    SqlType.SQL_VARIANT);
        });
    }

    /**
     * @param name in upper case
     * @throws SqlServerException 8116 if one of the arguments is a sql_variant, which this function does not take
     */
    public static void checkArguments(String name, List<Operand> arguments) throws SqlServerException {
        for (int i = 0; i < arguments.size(); i++) {
            SqlType type = arguments.get(i).type();
            if (type != null && type.kind() == TypeKind.SQL_VARIANT && !TAKERS.contains(name)) {
                throw KnownError.ARGUMENT_TYPE.exception("sql_variant", i + 1, name.toLowerCase(Locale.ROOT));
            }
        }
    }
}
