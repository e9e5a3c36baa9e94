package dev.tidegate.server.tsql.function;

import java.util.HashMap;
import java.util.Map;

/** The scalar functions of T-SQL that need no catalog. Immutable. */
public final class BuiltInFunctions {
    private BuiltInFunctions() {}

    /** By name in upper case. */
    public static Map<String, ScalarFunction> all() {
        Map<String, ScalarFunction> all = new HashMap<>();
        all.putAll(TextFunctions.all());
        all.putAll(DateFunctions.all());
        all.putAll(MathFunctions.all());
        all.putAll(VariantFunctions.all());
        all.putAll(VectorFunctions.all());
        return all;
    }
}
