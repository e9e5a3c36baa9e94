package dev.tidegate.server.tsql.function;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import java.util.Locale;

/** Checks how many arguments a function got. */
public final class FunctionArity {
    private FunctionArity() {}

    /** @throws SqlServerException 174 or 189 */
    public static void check(String name, int given, int fewest, int most) throws SqlServerException {
        if (given >= fewest && given <= most) {
            return;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (fewest == most) {
            throw KnownError.FUNCTION_ARGUMENTS.exception(lower, fewest);
        }
        throw KnownError.FUNCTION_ARGUMENT_RANGE.exception(lower, fewest, most);
    }
}
