package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.type.TypeInfo;
import java.util.List;

/** What became of a statement. */
public sealed interface PushDown {
    /**
     * The server can run it.
     *
     * @param database that has all of its tables, as {@link dev.tidegate.duckdb.push.remote.RemoteTable#database} says
     * @param columns of the answer, in the order of the request's {@code c1}, {@code c2}, …; empty for UPDATE and DELETE
     */
    record Pushed(Tsql request, String database, List<ResultColumn> columns) implements PushDown {
        public Pushed {
            columns = List.copyOf(columns);
        }
    }

    /** DuckDB has to run it. */
    record NotPushed(String reason) implements PushDown {}

    /**
     * A column as the statement has it in DuckDB: what the server sends is to be cast to the type, which keeps its value.
     *
     * @param duckdbType as DESCRIBE shows it
     * @param type on the server
     */
    record ResultColumn(String name, String duckdbType, TypeInfo type) {}
}
