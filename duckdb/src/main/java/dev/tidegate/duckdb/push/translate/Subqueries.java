package dev.tidegate.duckdb.push.translate;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.Tsql;

/** What becomes of queries inside of expressions. */
public interface Subqueries {
    /** Where there are none, or they are not translated. */
    Subqueries NONE = new Subqueries() {
        @Override
        public Tsql predicate(Node node, boolean wanted, Scalars outside) throws Untranslatable {
            throw new Untranslatable("a sub-query");
        }

        @Override
        public Scalar scalar(Node node) throws Untranslatable {
            throw new Untranslatable("a sub-query");
        }
    };

    /** EXISTS and IN. */
    Tsql predicate(Node node, boolean wanted, Scalars outside) throws Untranslatable;

    /** A query that stands for its only value. */
    Scalar scalar(Node node) throws Untranslatable;
}
