package dev.tidegate.server.tsql.function;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.convert.VectorConversion;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.Map;

/** Functions on vectors. */
final class VectorFunctions {
    private VectorFunctions() {}

    static Map<String, ScalarFunction> all() {
        return Map.of("VECTOR_DISTANCE", (name, arguments, context) -> {
            Arguments a = new Arguments(name, arguments, context).checked(3, 3);
            SqlType one = vector(a, 1);
            SqlType other = vector(a, 2);
            VectorConversion.checkDimensions(other.length(), one.length());
            return a.result(
                    "TIDEGATE.T_VECTOR_DISTANCE(" + a.text(0) + ", " + a.get(1).sql() + ", "
                            + a.get(2).sql() + ")",
                    SqlType.FLOAT);
        });
    }

    private static SqlType vector(Arguments a, int index) throws SqlServerException {
        SqlType type = a.type(index, SqlType.INT);
        if (type.kind() != TypeKind.VECTOR) {
            throw KnownError.ARGUMENT_TYPE.exception(type.kind().sqlName(), index + 1, "vector_distance");
        }
        return type;
    }
}
