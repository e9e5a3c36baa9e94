package dev.tidegate.duckdb.sql;

import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A statement that changes rows which are there. Whether they are in an attached table only its name tells. Expressions are as they were
 * written.
 */
public sealed interface ChangeStatement
        permits ChangeStatement.Update, ChangeStatement.Delete, ChangeStatement.Upsert, MergeStatement {
    QualifiedName target();

    /** The name by which the statement knows the table; null: its own. */
    String alias();

    /** The name by which its expressions know the table. */
    default String knownAs() {
        return alias() == null ? target().last() : alias();
    }

    /** The WITH clause before the statement; empty if there is none. */
    String with();

    /** The expressions of RETURNING; null if there are none. */
    String returning();

    /**
     * A column and the value that it is set to.
     *
     * @param value null for DEFAULT
     */
    record Assigned(String column, String value) {
        /**
         * By their columns; null for DEFAULT.
         *
         * @throws SQLException 42701 if a column is set twice
         */
        public static Map<String, String> byColumn(List<Assigned> assigned) throws SQLException {
            Map<String, String> values = new LinkedHashMap<>();
            for (Assigned each : assigned) {
                for (String before : values.keySet()) {
                    if (before.equalsIgnoreCase(each.column())) {
                        throw new SQLSyntaxErrorException("column \"" + each.column() + "\" is set twice", "42701");
                    }
                }
                values.put(each.column(), each.value());
            }
            return values;
        }
    }

    /**
     * @param from other tables; null if there are none
     * @param where null: all rows
     */
    record Update(
            QualifiedName target,
            String alias,
            String with,
            List<Assigned> values,
            String from,
            String where,
            String returning)
            implements ChangeStatement {
        public Update {
            values = List.copyOf(values);
        }
    }

    /**
     * @param using other tables; null if there are none
     * @param where null: all rows
     */
    record Delete(QualifiedName target, String alias, String with, String using, String where, String returning)
            implements ChangeStatement {}

    /**
     * INSERT with ON CONFLICT, OR REPLACE or OR IGNORE.
     *
     * @param columns that the rows are for; empty: those of the table, in its order
     * @param byName whether the query's own names say which columns its values are for
     * @param query the rows
     * @param conflict columns of the key; empty: the only one that the table has
     * @param values what a row that is there is set to; null: it stays as it is; empty: everything that the new row has
     * @param where which rows that are there are changed; null: all
     */
    record Upsert(
            QualifiedName target,
            String alias,
            String with,
            List<String> columns,
            boolean byName,
            String query,
            List<String> conflict,
            List<Assigned> values,
            String where,
            String returning)
            implements ChangeStatement {
        public Upsert {
            columns = List.copyOf(columns);
            conflict = List.copyOf(conflict);
            values = values == null ? null : List.copyOf(values);
        }
    }
}
