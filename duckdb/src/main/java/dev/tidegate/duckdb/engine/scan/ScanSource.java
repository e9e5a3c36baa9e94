package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.TableFacts;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.ScanNames;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.scan.ScanSchema;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a table function reads. */
public sealed interface ScanSource {
    AttachedDatabase database();

    ScanSchema schema();

    /** About how many rows there are, if that is known. */
    OptionalLong cardinality();

    /**
     * @param wanted indexes of the columns that are read
     * @param condition which rows are needed; null: all
     */
    Request request(int[] wanted, Tsql condition);

    /**
     * @param answered the columns of the request's answer
     * @throws SQLException if they are others than those that DuckDB was told of
     */
    default void check(List<Column> answered) throws SQLException {}

    /**
     * @param sql T-SQL with one result
     * @param places where the wanted columns stand in it
     * @param width its columns
     */
    record Request(Tsql sql, int[] places, int width) {}

    /** Only the wanted columns are asked for. */
    record Table(AttachedDatabase database, RemoteName name, List<Column> columns, ScanSchema schema)
            implements ScanSource {
        @Override
        public OptionalLong cardinality() {
            return database.facts(name).rows();
        }

        @Override
        public Request request(int[] wanted, Tsql condition) {
            int[] places = new int[wanted.length];
            Arrays.setAll(places, i -> i);
            String list = wanted.length == 0
                    ? "1 AS [n]"
                    : Arrays.stream(wanted)
                            .mapToObj(i -> Identifiers.sqlServer(columns.get(i).name()))
                            .collect(Collectors.joining(", "));
            Tsql all = Tsql.text("SELECT " + list + " FROM " + name.sql());
            return new Request(
                    condition == null ? all : Tsql.of("{} WHERE {}", all, condition),
                    places,
                    Math.max(1, wanted.length));
        }

        /** @param names of the function that scans it */
        public RemoteTable remote(ScanNames names) {
            TableFacts facts = database.facts(name);
            return new RemoteTable(
                    database.alias(),
                    name.sql(),
                    IntStream.range(0, columns.size())
                            .mapToObj(i -> remote(i, names.of(i), facts))
                            .toList());
        }

        private RemoteColumn remote(int index, String scanName, TableFacts facts) {
            Column column = columns.get(index);
            // NOT NULL is not believed: it may be older than the rows.
            RemoteColumn remote = new RemoteColumn(
                    column.name(), scanName, schema.name(index), column.type(), schema.duckdbType(index), true);
            RemoteColumn carried = schema.isUnscaled(index) ? remote.asUnscaled() : remote;
            return facts.isMasked(column.name()) ? carried.asMasked() : carried;
        }
    }

    /**
     * A whole statement in T-SQL.
     *
     * @param columns that its answer has to have
     */
    record Answer(AttachedDatabase database, Tsql sql, ScanSchema schema, List<Column> columns) implements ScanSource {
        @Override
        public OptionalLong cardinality() {
            return OptionalLong.empty();
        }

        @Override
        public Request request(int[] wanted, Tsql condition) {
            return new Request(sql, wanted, columns.size());
        }

        @Override
        public void check(List<Column> answered) throws SQLException {
            AnswerTypes.check(columns, answered);
        }
    }

    /** T-SQL of a user; what is not wanted is skipped on the wire. */
    record Query(AttachedDatabase database, Tsql sql, ScanSchema schema, int width) implements ScanSource {
        @Override
        public OptionalLong cardinality() {
            return OptionalLong.empty();
        }

        @Override
        public Request request(int[] wanted, Tsql condition) {
            return new Request(sql, wanted, width);
        }
    }
}
