package dev.tidegate.duckdb.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * MERGE INTO a table.
 *
 * @param source a table, a function or a query in parentheses, with its alias
 * @param sourceName the name by which the statement knows it
 * @param on the condition by which rows match; null: they match by the columns of {@code using}
 * @param clauses in their order: of those that fit a row the first one counts
 */
public record MergeStatement(
        QualifiedName target,
        String alias,
        String with,
        String source,
        String sourceName,
        String on,
        List<String> using,
        List<Clause> clauses,
        String returning)
        implements ChangeStatement {
    public MergeStatement {
        using = List.copyOf(using);
        clauses = List.copyOf(clauses);
    }

    /** The rows that a clause is about. */
    public enum Rows {
        MATCHED("WHEN MATCHED"),
        /** Rows of the source alone. */
        NOT_MATCHED("WHEN NOT MATCHED BY TARGET"),
        /** Rows of the table alone. */
        NOT_MATCHED_BY_SOURCE("WHEN NOT MATCHED BY SOURCE");

        private final String words;

        Rows(String words) {
            this.words = words;
        }

        /** As a statement has it. */
        public String words() {
            return words;
        }
    }

    /** @param condition null: all of these rows */
    public record Clause(Rows rows, String condition, Action action) {}

    /** What becomes of a row. */
    public sealed interface Action {}

    /** UPDATE SET of some columns. */
    public record Set(List<Assigned> values) implements Action {
        public Set {
            values = List.copyOf(values);
        }
    }

    /**
     * UPDATE to all values of the source.
     *
     * @param byName whether its columns are those of the same names, and not of the same places
     */
    public record SetAll(boolean byName) implements Action {}

    public record Delete() implements Action {}

    public record Nothing() implements Action {}

    /** @param message an expression; null: none */
    public record Fail(String message) implements Action {}

    /**
     * INSERT of values.
     *
     * @param columns that they are for; empty: those of the table, in its order
     * @param values null for DEFAULT; none at all for DEFAULT VALUES
     */
    public record Insert(List<String> columns, List<String> values) implements Action {
        public Insert {
            columns = List.copyOf(columns);
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /** INSERT of all values of the source; as {@link SetAll}. */
    public record InsertAll(boolean byName) implements Action {}
}
