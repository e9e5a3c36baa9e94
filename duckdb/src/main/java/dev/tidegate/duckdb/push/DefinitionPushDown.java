package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.query.DefinedExpressions;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Expressions over the columns of one table that the server is to keep with it. Used by the connection's thread. */
public final class DefinitionPushDown {
    /** One form of translation. */
    private interface Form {
        Tsql of(Node node) throws Untranslatable;
    }

    private final Connection duckdb;
    private final RemoteTable table;
    private final DefinedExpressions expressions;

    /** @param name by which the expressions know the table */
    public DefinitionPushDown(Connection duckdb, RemoteTable table, String name) {
        this.duckdb = duckdb;
        this.table = table;
        this.expressions = new DefinedExpressions(name, table.columns());
    }

    /** The condition of a CHECK: rows for which it is NULL are let through. */
    public PushDown check(String condition) throws SQLException {
        return push(condition, expressions::unlessFalse);
    }

    /** What a column is computed by. */
    public PushDown value(String expression) throws SQLException {
        return push(expression, expressions::value);
    }

    private PushDown push(String text, Form form) throws SQLException {
        try {
            Tsql translated = form.of(new Expressions(duckdb).of(text));
            return OwnFunctions.isAnyRedefined(duckdb, expressions.functions())
                    ? new NotPushed("a function that this database has redefined")
                    : new Pushed(translated, table.database(), List.of());
        } catch (Untranslatable e) {
            return new NotPushed(e.getMessage());
        }
    }
}
