package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.ast.SqlParser;
import dev.tidegate.duckdb.push.query.MergeTranslator;
import dev.tidegate.duckdb.push.query.QueryTranslator;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import dev.tidegate.duckdb.sql.ChangeStatement.Assigned;
import dev.tidegate.duckdb.sql.MergeStatement;
import dev.tidegate.duckdb.sql.MergeStatement.Clause;
import dev.tidegate.duckdb.sql.MergeStatement.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** MERGE that the server runs as a whole; as {@link WritePushDown}. Used by the connection's thread. */
public final class MergePushDown {
    private final Connection duckdb;
    private final SqlParser parser;
    private final Expressions expressions;
    private final RemoteTable table;
    private final String name;
    private final QueryTranslator queries;

    /**
     * @param name by which the statement knows the table: its alias, or its name
     * @param tables as for {@link QueryPushDown#of}, for the source and for sub-queries
     */
    public MergePushDown(
            Connection duckdb,
            RemoteTable table,
            String name,
            Function<List<String>, Optional<RemoteTable>> tables,
            Mode mode)
            throws SQLException {
        this.duckdb = duckdb;
        this.parser = new SqlParser(duckdb);
        this.expressions = new Expressions(duckdb);
        this.table = table;
        this.name = name;
        this.queries = QueryPushDown.translator(duckdb, mode, table.database(), tables);
    }

    /** @param merge whose clauses name their columns */
    public PushDown push(MergeStatement merge) throws SQLException {
        return WholeChange.of(duckdb, table, queries, () -> {
            checkClauses(merge.clauses());
            Node from = parser.select("SELECT * FROM " + merge.source() + "\n")
                    .flatMap(query -> query.child("from_table"))
                    .orElseThrow(() -> new Untranslatable("a source of another form"));
            MergeTranslator translator =
                    new MergeTranslator(queries, table, name, from, expressions.orNull(merge.on()), merge.using());
            for (Clause clause : merge.clauses()) {
                add(clause, translator);
            }
            return WholeChange.checkSize(translator.statement());
        });
    }

    /** T-SQL takes one INSERT, and of UPDATE and DELETE one each for the same rows, of which the first has a condition. */
    private static void checkClauses(List<Clause> clauses) throws Untranslatable {
        Map<Rows, List<Clause>> known = new EnumMap<>(Rows.class);
        for (Clause clause : clauses) {
            boolean inserts = clause.action() instanceof MergeStatement.Insert;
            boolean changes =
                    clause.action() instanceof MergeStatement.Set || clause.action() instanceof MergeStatement.Delete;
            if (clause.rows() == Rows.NOT_MATCHED ? !inserts : !changes) {
                throw new Untranslatable("a clause that T-SQL does not have");
            }
            List<Clause> before = known.computeIfAbsent(clause.rows(), rows -> new ArrayList<>());
            for (Clause other : before) {
                if (inserts
                        || other.condition() == null
                        || other.action().getClass() == clause.action().getClass()) {
                    throw new Untranslatable("more clauses than T-SQL takes");
                }
            }
            before.add(clause);
        }
    }

    private void add(Clause clause, MergeTranslator translator) throws SQLException, Untranslatable {
        Node condition = expressions.orNull(clause.condition());
        Map<String, Node> values = new LinkedHashMap<>();
        if (clause.action() instanceof MergeStatement.Set set) {
            for (Assigned assigned : set.values()) {
                values.put(assigned.column(), expressions.orNull(assigned.value()));
            }
            translator.update(clause.rows(), condition, values);
        } else if (clause.action() instanceof MergeStatement.Insert insert) {
            for (int i = 0; i < insert.columns().size(); i++) {
                values.put(
                        insert.columns().get(i), expressions.of(insert.values().get(i)));
            }
            translator.insert(clause.rows(), condition, values);
        } else {
            translator.delete(clause.rows(), condition);
        }
    }
}
