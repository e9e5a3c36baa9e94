package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.function.ScalarFunction;
import dev.tidegate.server.tsql.function.UndeclaredParameter;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.Optional;

/** What a translation may ask about the session that runs it. */
public interface SessionView {
    /** @param value in the Java form of the type */
    record TypedValue(Object value, SqlType type) {}

    /**
     * @return empty if there is no such table or view
     * @throws SqlServerException 40515 if the name is in another database
     */
    Optional<TableInfo> table(ObjectName name) throws SqlServerException;

    /** The type of a sequence's numbers; empty if there is no such sequence. */
    Optional<SqlType> sequence(ObjectName name);

    /** @param name with its at sign */
    Optional<TypedValue> variable(String name);

    /**
     * A variable that may stand in a batch though nobody has declared it.
     *
     * @param name with its at sign
     */
    default Optional<UndeclaredParameter> undeclared(String name) {
        return Optional.empty();
    }

    /** @param name with its at signs, in upper case */
    Optional<TypedValue> global(String name);

    /** @param name in upper case */
    Optional<ScalarFunction> function(String name);

    String database();
}
