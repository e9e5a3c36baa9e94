package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Predicates;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import dev.tidegate.duckdb.sql.MergeStatement.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** MERGE of one table, whose rows and values are those that DuckDB would find. Its clauses are given one after the other. */
public final class MergeTranslator {
    private final RemoteTable table;
    private final Source target;
    private final Source source;
    private final Map<Rows, Predicates> predicates = new LinkedHashMap<>();
    private final Tsql head;
    private final List<Tsql> clauses = new ArrayList<>();

    /**
     * @param name by which the statement knows the table
     * @param from the parse tree of the source
     * @param on the condition; null: rows match by the columns of {@code using}
     */
    public MergeTranslator(
            QueryTranslator queries, RemoteTable table, String name, Node from, Node on, List<String> using)
            throws Untranslatable {
        FromClause.Joined joined = new FromClause(queries, null, CommonTables.NONE).translate(from);
        if (joined.sources().size() != 1) {
            throw new Untranslatable("a source that is not one table or query");
        }
        Tsql alias = Tsql.name(queries.nextAlias());
        this.table = table;
        this.source = joined.sources().get(0);
        this.target = WriteTranslator.source(table, name, alias);
        for (Map.Entry<Rows, List<Source>> seen : Map.of(
                        Rows.MATCHED, List.of(source, target),
                        Rows.NOT_MATCHED, List.of(source),
                        Rows.NOT_MATCHED_BY_SOURCE, List.of(target))
                .entrySet()) {
            predicates.put(
                    seen.getKey(), queries.predicates(new Scope(seen.getValue(), null, Set.of()), CommonTables.NONE));
        }
        Tsql condition = on == null
                ? equal(queries, using)
                : predicates.get(Rows.MATCHED).whereTrue(on);
        this.head = Tsql.of(
                "MERGE INTO " + table.sqlName() + " WITH (HOLDLOCK) AS {} USING {} ON {}",
                alias,
                joined.sql(),
                condition);
    }

    private Tsql equal(QueryTranslator queries, List<String> using) throws Untranslatable {
        List<Tsql> conditions = new ArrayList<>();
        for (String column : using) {
            Scalar there = new Scope(List.of(source), null, Set.of()).resolve(List.of(column));
            Scalar here = new Scope(List.of(target), null, Set.of()).resolve(List.of(column));
            conditions.add(queries.equal(there, here));
        }
        return Tsql.join(" AND ", conditions);
    }

    /** @param condition null: all of these rows */
    public void delete(Rows rows, Node condition) throws Untranslatable {
        add(rows, condition, Tsql.text("DELETE"));
    }

    /** @param values by the names of their columns; null for DEFAULT */
    public void update(Rows rows, Node condition, Map<String, Node> values) throws Untranslatable {
        Tsql set = new SetClause(table, target, predicates.get(rows)).of(values);
        add(rows, condition, Tsql.of("UPDATE SET {}", set));
    }

    /** @param values by the names of their columns */
    public void insert(Rows rows, Node condition, Map<String, Node> values) throws Untranslatable {
        SetClause set = new SetClause(table, target, predicates.get(rows));
        List<Tsql> names = new ArrayList<>();
        List<Tsql> given = new ArrayList<>();
        for (Map.Entry<String, Node> value : values.entrySet()) {
            names.add(set.name(value.getKey()));
            given.add(set.value(value.getKey(), value.getValue()));
        }
        add(rows, condition, Tsql.of("INSERT ({}) VALUES ({})", Tsql.join(", ", names), Tsql.join(", ", given)));
    }

    private void add(Rows rows, Node condition, Tsql action) throws Untranslatable {
        Tsql and = condition == null
                ? Tsql.text("")
                : Tsql.of(" AND ({})", predicates.get(rows).whereTrue(condition));
        clauses.add(Tsql.of(" " + rows.words() + "{} THEN {}", and, action));
    }

    /** The whole statement, with its semicolon. */
    public Tsql statement() {
        return Tsql.of("{}{};", head, Tsql.join("", clauses));
    }
}
