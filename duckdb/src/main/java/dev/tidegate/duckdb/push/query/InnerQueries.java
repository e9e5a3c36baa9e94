package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Rules;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Scalars;
import dev.tidegate.duckdb.push.translate.Subqueries;
import dev.tidegate.duckdb.push.translate.Untranslatable;

/** EXISTS, IN and queries for one value, which may refer to the columns around them. */
record InnerQueries(QueryTranslator queries, Scope scope, CommonTables commonTables) implements Subqueries {
    @Override
    public Tsql predicate(Node node, boolean wanted, Scalars outside) throws Untranslatable {
        String not = wanted ? "" : "NOT ";
        switch (node.text("subquery_type")) {
            case "EXISTS":
                return Tsql.of(not + "EXISTS ({})", query(node).sql());
            case "NOT_EXISTS":
                return Tsql.of(
                        (wanted ? "NOT " : "") + "EXISTS ({})", query(node).sql());
            case "ANY":
                break;
            default:
                throw new Untranslatable("a sub-query of the form " + node.text("subquery_type"));
        }
        if (!node.text("comparison_type").equals("COMPARE_EQUAL")) {
            throw new Untranslatable("ANY or ALL");
        }
        Node child = node.child("child").orElseThrow(() -> new Untranslatable("IN without a left side"));
        Scalar left = outside.value(child);
        Translated query = query(node);
        if (query.outputs().size() != 1) {
            throw new Untranslatable("IN over several columns");
        }
        Scalar right = query.outputs().get(0).value();
        if (left.duck().isText() && queries.rules() != Rules.SERVER) {
            throw new Untranslatable("text is compared by the server's collation");
        }
        // Refused where a comparison of the two would be.
        queries.equal(left, right);
        return Tsql.of("{} " + not + "IN ({})", left.sql(), query.sql());
    }

    @Override
    public Scalar scalar(Node node) throws Untranslatable {
        if (!node.text("subquery_type").equals("SCALAR")) {
            throw new Untranslatable("a sub-query of the form " + node.text("subquery_type"));
        }
        Translated query = query(node);
        if (query.outputs().size() != 1) {
            throw new Untranslatable("a sub-query of several columns");
        }
        return query.outputs().get(0).value().as(Tsql.of("({})", query.sql())).orNull();
    }

    private Translated query(Node node) throws Untranslatable {
        Node query = node.child("subquery")
                .flatMap(subquery -> subquery.child("node"))
                .orElseThrow(() -> new Untranslatable("a sub-query that is none"));
        return queries.query(query, scope, commonTables, false);
    }
}
