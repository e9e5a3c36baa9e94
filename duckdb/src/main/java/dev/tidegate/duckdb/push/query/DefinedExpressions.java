package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Predicates;
import dev.tidegate.duckdb.push.translate.Rules;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Expressions over the columns of one table that the server is to keep: conditions of CHECK, and values of computed columns. They
 * compare by the server's rules, as everything that it keeps.
 */
public final class DefinedExpressions {
    private final Set<String> functions = new HashSet<>();
    private final Predicates predicates;

    /** @param table its name, which the expressions may give */
    public DefinedExpressions(String table, List<RemoteColumn> columns) {
        QueryTranslator queries = new QueryTranslator(
                Rules.SERVER, new NullOrder(false, NullOrder.Placement.LAST), path -> Optional.empty());
        Source source = new Source(
                table,
                columns.stream()
                        .map(column -> new Source.Column(
                                column.duckdbName(), Scalar.column(Tsql.name(column.name()), column), false))
                        .toList());
        Scope scope = new Scope(List.of(source), null, Set.of());
        this.predicates =
                new Predicates(Rules.SERVER, scope, new InnerQueries(queries, scope, CommonTables.NONE), functions);
    }

    /** A condition that is false where DuckDB's is, and else true. */
    public Tsql unlessFalse(Node condition) throws Untranslatable {
        return Tsql.of("CASE WHEN {} THEN 0 ELSE 1 END = 1", predicates.whereFalse(condition));
    }

    public Tsql value(Node expression) throws Untranslatable {
        if (predicates.scalars().operand(expression) instanceof Scalar scalar) {
            return scalar.sql();
        }
        throw new Untranslatable("a constant");
    }

    /** The functions that the translation took for DuckDB's own, by their names. */
    public Set<String> functions() {
        return functions;
    }
}
