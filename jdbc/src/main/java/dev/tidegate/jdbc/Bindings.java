package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.Binding;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** The values of a statement's markers, which count from 1. */
final class Bindings {
    private final Binding[] values;

    Bindings(int markers) {
        values = new Binding[markers];
    }

    int size() {
        return values.length;
    }

    void set(int index, Binding value) throws SQLException {
        check(index);
        values[index - 1] = value;
    }

    /** Null if not set. */
    Binding get(int index) throws SQLException {
        check(index);
        return values[index - 1];
    }

    void check(int index) throws SQLException {
        if (index < 1 || index > values.length) {
            throw Failures.invalid(
                    values.length == 0
                            ? "there is no parameter " + index + ": the statement has none"
                            : "there is no parameter " + index + ": the statement has parameters 1 to "
                                    + values.length);
        }
    }

    void clear() {
        Arrays.fill(values, null);
    }

    /** @throws SQLException naming the first that is not set */
    List<Binding> all() throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                throw Failures.sequence("parameter " + (i + 1) + " is not set");
            }
        }
        return List.of(values);
    }

    List<Binding> allOr(Binding missing) {
        Binding[] filled = values.clone();
        for (int i = 0; i < filled.length; i++) {
            filled[i] = filled[i] == null ? missing : filled[i];
        }
        return List.of(filled);
    }
}
