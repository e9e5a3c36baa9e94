package dev.tidegate.server.tsql.function;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.type.SqlType;

/** What a {@link ScalarFunction} may ask for while it is translated. */
public interface FunctionContext {
    /** The operand converted as T-SQL does without being asked: numbers widen, text is read, … */
    String convert(Operand operand, SqlType target) throws SqlServerException;

    /**
     * A value of the session, inlined or bound as the statement needs.
     *
     * @param value in the Java form of the type; null for NULL
     */
    Operand value(Object value, SqlType type) throws SqlServerException;

    /** Whether the statement runs at once: else it makes an object that outlives the session's values. */
    default boolean isImmediate() {
        return true;
    }

    /** Name of the current database. */
    String database();
}
