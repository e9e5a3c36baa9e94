package dev.tidegate.duckdb.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The statements that bring rows into a table: {@code CREATE TABLE … AS}, {@code INSERT} and {@code COPY}. Whether the table is one of an
 * attached database only its name tells. Queries are as they were written; a WITH before the statement is part of them.
 */
public sealed interface LoadStatement {
    /**
     * @param columns names for those of the query; empty: they keep their own
     * @param options of the WITH clause, in lower case, each with its values
     * @param withData false if only the columns are wanted
     */
    record CreateTableAs(
            QualifiedName target,
            boolean orReplace,
            boolean ifNotExists,
            List<String> columns,
            Map<String, List<String>> options,
            String query,
            boolean withData)
            implements LoadStatement {
        public CreateTableAs {
            columns = List.copyOf(columns);
            options = Map.copyOf(options);
        }
    }

    /**
     * @param columns that the rows are for; empty: those of the table, in its order
     * @param omitted of {@code columns}, or of the table's, those that DEFAULT stands for: the query has no value for them
     * @param byName whether the query's own names say which columns its values are for
     * @param query null for DEFAULT VALUES
     * @param isConstant whether the query is a list of VALUES without a query in it
     * @param returning the expressions of RETURNING; null if there are none
     */
    record Insert(
            QualifiedName target,
            List<String> columns,
            Set<Integer> omitted,
            boolean byName,
            String query,
            boolean isConstant,
            String returning)
            implements LoadStatement {
        public Insert {
            columns = List.copyOf(columns);
            omitted = Set.copyOf(omitted);
        }
    }

    /** @param options in lower case, each with its values; without {@code format} */
    record CopyTo(String url, String query, Map<String, List<String>> options) implements LoadStatement {
        public CopyTo {
            options = Map.copyOf(options);
        }
    }

    /**
     * @param columns that the file has; empty: those of the table, in its order
     * @param source the statement from FROM on
     */
    record CopyFrom(QualifiedName target, List<String> columns, String source) implements LoadStatement {
        public CopyFrom {
            columns = List.copyOf(columns);
        }
    }
}
