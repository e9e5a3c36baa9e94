package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.push.query.QueryTranslator;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What holds for each statement that changes a table on the server without DuckDB's looking at its rows. */
final class WholeChange {
    /** Says a statement in T-SQL. */
    interface Translation {
        Tsql request() throws SQLException, Untranslatable;
    }

    private WholeChange() {}

    /** @param queries by which the translation translates its expressions */
    static PushDown of(Connection duckdb, RemoteTable table, QueryTranslator queries, Translation translation)
            throws SQLException {
        if (table.isMasked()) {
            return new NotPushed("a table with a masked column");
        }
        if (QueryPushDown.comparesByCollation(duckdb)) {
            return new NotPushed(QueryPushDown.COLLATION);
        }
        try {
            Tsql request = translation.request();
            return OwnFunctions.isAnyRedefined(duckdb, queries.functions())
                    ? new NotPushed("a function that this database has redefined")
                    : new Pushed(request, table.database(), List.of());
        } catch (Untranslatable e) {
            return new NotPushed(e.getMessage());
        }
    }

    /** @throws Untranslatable if the server takes no request with so many parameters */
    static Tsql checkSize(Tsql request) throws Untranslatable {
        if (request.parameterCount() > Tsql.MAX_PARAMETERS) {
            throw new Untranslatable("more constants than a request takes");
        }
        return request;
    }
}
