package dev.tidegate.server.tsql.function;

import dev.tidegate.server.tsql.type.SqlType;
import java.util.Optional;

/** A variable that nobody has declared, in a batch that is only described: where it stands says what type it should have. */
public final class UndeclaredParameter {
    private final String name;
    private SqlType suggestion;

    /** @param name with its at sign */
    public UndeclaredParameter(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** A place where the parameter stands wants this type; the first place decides. */
    void suggest(SqlType type) {
        if (suggestion == null) {
            suggestion = type;
        }
    }

    /** Empty if it stands only where any type would do. */
    public Optional<SqlType> suggestion() {
        return Optional.ofNullable(suggestion);
    }
}
