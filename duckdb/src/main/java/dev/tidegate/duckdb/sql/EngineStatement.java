package dev.tidegate.duckdb.sql;

import java.util.Map;

/** The statements that are not, or not only, for DuckDB. Names of options are in lower case. */
public sealed interface EngineStatement {
    /** @param options without a value: {@code true} */
    record Attach(String url, String alias, boolean orReplace, boolean ifNotExists, Map<String, String> options)
            implements EngineStatement {
        public Attach {
            options = Map.copyOf(options);
        }

        /** The URL and some options may hold a password. */
        @Override
        public String toString() {
            return "Attach[" + alias + "]";
        }
    }

    record Detach(String alias, boolean ifExists) implements EngineStatement {}

    record CreateSecret(String name, boolean orReplace, boolean ifNotExists, Map<String, String> options)
            implements EngineStatement {
        public CreateSecret {
            options = Map.copyOf(options);
        }

        @Override
        public String toString() {
            return "CreateSecret[" + name + "]";
        }
    }

    record DropSecret(String name, boolean ifExists) implements EngineStatement {}

    /**
     * BEGIN, COMMIT or ROLLBACK, in whatever words.
     *
     * @param readOnly of one that begins
     */
    record Transaction(Step step, boolean readOnly) implements EngineStatement {
        public enum Step {
            BEGIN,
            COMMIT,
            ROLLBACK
        }
    }
}
