package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.function.FunctionArity;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table-valued functions that the server knows. */
final class TableFunctions {
    /** A call for H2. */
    record Call(String sql, List<ColumnInfo> columns) {}

    private TableFunctions() {}

    static Optional<Call> call(String name, List<Operand> arguments) throws SqlServerException {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "STRING_SPLIT" -> {
                FunctionArity.check(name, arguments.size(), 2, 3);
                String text = Coercion.implicit(arguments.get(0), SqlType.nvarchar(SqlType.MAX));
                String separator = Coercion.implicit(arguments.get(1), SqlType.nvarchar(1));
                SqlType type = arguments.get(0).textTypeOr(SqlType.nvarchar(4000));
                ColumnInfo value = new ColumnInfo("value", type, false);
                boolean ordinal = arguments.size() == 3
                        && Integer.valueOf(1).equals(arguments.get(2).literal());
                yield Optional.of(new Call(
                        "TIDEGATE.T_STRING_SPLIT(" + text + ", " + separator + ", " + ordinal + ")",
                        ordinal ? List.of(value, new ColumnInfo("ordinal", SqlType.BIGINT, false)) : List.of(value)));
            }
            case "GENERATE_SERIES" -> {
                FunctionArity.check(name, arguments.size(), 2, 3);
                SqlType type = TypeRules.common(
                        arguments.get(0).type(), arguments.get(1).type());
                String step = arguments.size() == 3 ? ", " + Coercion.implicit(arguments.get(2), SqlType.BIGINT) : "";
                yield Optional.of(new Call(
                        "SYSTEM_RANGE(" + Coercion.implicit(arguments.get(0), SqlType.BIGINT) + ", "
                                + Coercion.implicit(arguments.get(1), SqlType.BIGINT) + step + ")",
                        List.of(new ColumnInfo("value", type, false))));
            }
            default -> Optional.empty();
        };
    }
}
