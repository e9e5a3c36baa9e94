package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.tsql.convert.StoredForm;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** The values that a translated statement refers to as {@code ?1}, {@code ?2}, … Used by one thread. */
public final class Parameters {
    private final List<Object> values = new ArrayList<>();

    /** @return the reference, cast to the H2 type that the value's type is kept in */
    public String add(Object value, SqlType type) {
        values.add(StoredForm.of(value));
        return SqlText.cast("?" + values.size(), type);
    }

    void forgetAfter(int count) {
        values.subList(count, values.size()).clear();
    }

    public List<Object> values() {
        return values;
    }
}
