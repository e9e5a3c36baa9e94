package dev.tidegate.server.tsql.function;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.List;

/** A built-in function: how it is typed, and how it is written for H2. Thread-safe. */
@FunctionalInterface
public interface ScalarFunction {
    /**
     * Writes a call.
     *
     * @param name as the statement wrote it
     * @throws SqlServerException 174 if the number of arguments is wrong, 8116 if a type is
     */
    Operand call(String name, List<Operand> arguments, FunctionContext context) throws SqlServerException;

    /** A function of H2, or an alias {@code TIDEGATE.X}, that takes the arguments as they are. */
    static ScalarFunction of(String h2Name, SqlType result, int fewest, int most) {
        return (name, arguments, context) -> {
            FunctionArity.check(name, arguments.size(), fewest, most);
            StringBuilder sql = new StringBuilder(h2Name).append('(');
            for (int i = 0; i < arguments.size(); i++) {
                sql.append(i == 0 ? "" : ", ").append(arguments.get(i).sql());
            }
            return Operand.of(sql.append(')').toString(), result);
        };
    }
}
