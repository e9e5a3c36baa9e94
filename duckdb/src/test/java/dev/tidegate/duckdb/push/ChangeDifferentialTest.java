package dev.tidegate.duckdb.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A change leaves the same rows and gives the same counts in a table of the server's, whoever finds the rows, and in a copy of DuckDB's own.
 * {@code -Dtidegate.differential.seconds=… -Djqwik.tries.default=…} looks for longer.
 */
class ChangeDifferentialTest {
    private static final Duration ENOUGH = Duration.ofSeconds(Long.getLong("tidegate.differential.seconds", 5));

    /** Of values for which only a copy of DuckDB's own has room. */
    private static final String NO_ROOM =
            "(?s).*(: [a-z0-9(),]+ (holds|has (no )?room for) |: the column holds |is stored in the code page|SQL Server('s time ends| has no such)|cannot be said in T-SQL: ).*";

    private static TwoCopies copies;
    private static EngineConnection duckdb;

    private final Tries tries = new Tries(ENOUGH);

    @BeforeContainer
    static void start() throws IOException, SQLException {
        copies = new TwoCopies();
        for (String table : List.of("bare", "keyed")) {
            copies.remotely("SELECT * INTO dbo." + table + " FROM dbo.t", List.of());
        }
        copies.remotely("ALTER TABLE dbo.keyed ADD PRIMARY KEY (id)", List.of());
        duckdb = TidegateDuckDB.open("");
        copies.copyTo(duckdb);
        run("SET TimeZone = 'UTC'");
        fillOwn();
        run("CREATE TABLE local.pairs AS SELECT i * 3 AS pair, 'label ' || i AS label FROM range(30) r(i)");
        run("ATTACH '" + copies.url() + "' AS ms (TYPE mssql)");
    }

    @AfterContainer
    static void stop() throws SQLException {
        try {
            duckdb.close();
        } finally {
            copies.close();
        }
    }

    private enum Way {
        OWN("memory.local.own", "memory.local.w"),
        PUSHED("ms.dbo.bare", "ms.dbo.w"),
        STAGED("ms.dbo.keyed", "ms.dbo.w");

        private final String table;
        private final String other;

        Way(String table, String other) {
            this.table = table;
            this.other = other;
        }

        String of(String statement) {
            return statement.replace("{t}", table).replace("{w}", other).replace("{pairs}", "memory.local.pairs");
        }
    }

    private record Outcome(long count, List<String> rows, String error) {}

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whoeverFindsTheRows(@ForAll("ofOneTable") String statement) throws SQLException {
        if (!tries.goOn()) {
            return;
        }
        Outcome own = outcome(Way.OWN, statement);
        compare(statement, own, outcome(Way.STAGED, "WITH forced AS (SELECT 1) " + statement));
        Outcome pushed = outcome(Way.PUSHED, statement);
        if (pushed.error() == null || !pushed.error().contains("has no primary key")) {
            compare(statement, own, pushed);
        }
        tries.passed();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whateverElseIsRead(@ForAll("ofSeveralTables") String statement) throws SQLException {
        if (tries.goOn()) {
            compare(statement, outcome(Way.OWN, statement), outcome(Way.STAGED, statement));
            tries.passed();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whateverIsThereAlready(@ForAll("inserts") String statement) throws SQLException {
        if (tries.goOn()) {
            compare(statement, outcome(Way.OWN, statement), outcome(Way.STAGED, statement));
            tries.passed();
        }
    }

    private static void compare(String statement, Outcome own, Outcome found) {
        if (own.error() == null && found.error() != null && found.error().matches(NO_ROOM)) {
            return;
        }
        boolean computesMore = statement.matches("(?s).* DO UPDATE SET .* WHERE .*");
        if (own.error() != null && found.error() == null && computesMore) {
            // DuckDB computes the values of rows, too, that the WHERE of DO UPDATE leaves alone.
            assertThat(own.error()).as(statement).containsPattern("^(Conversion|Out of Range) Error");
            return;
        }
        if (own.error() != null) {
            assertThat(found.error()).as(statement + "\n" + own.error()).isNotNull();
            return;
        }
        assertThat(found.error()).as(statement).isNull();
        assertThat(found.rows()).as(statement).isEqualTo(own.rows());
        assertThat(found.count()).as("count of " + statement).isEqualTo(own.count());
    }

    private static Outcome outcome(Way way, String statement) throws SQLException {
        long count = -1;
        String error = null;
        List<String> before = rows(way);
        try (Statement change = duckdb.createStatement()) {
            count = change.executeLargeUpdate(way.of(statement));
        } catch (SQLException e) {
            error = e.getMessage();
        }
        List<String> rows = rows(way);
        if (error != null) {
            assertThat(rows).as(statement).isEqualTo(before);
        } else if (!rows.equals(before)) {
            refill(way);
        }
        return new Outcome(count, rows, error);
    }

    private static void fillOwn() throws SQLException {
        run("CREATE OR REPLACE TABLE memory.local.own AS FROM memory.local.t");
        run("ALTER TABLE memory.local.own ADD PRIMARY KEY (id)");
    }

    private static void refill(Way way) throws SQLException {
        if (way == Way.OWN) {
            fillOwn();
        } else {
            String table = way.table.substring("ms.".length());
            copies.remotely("DELETE FROM " + table + "; INSERT INTO " + table + " SELECT * FROM dbo.t", List.of());
        }
    }

    /** A char(4) of the server's is always four long. A LocalTime cannot be 24:00:00. */
    private static List<String> rows(Way way) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT * REPLACE (rpad(c, 4, ' ') AS c, tm::VARCHAR AS tm) FROM "
                                + way.table + " ORDER BY id")) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(TwoCopies.text(result.getObject(column)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    private static void run(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    @Provide
    Arbitrary<String> ofOneTable() {
        return RandomChanges.ofOneTable();
    }

    @Provide
    Arbitrary<String> ofSeveralTables() {
        return RandomChanges.ofSeveralTables();
    }

    @Provide
    Arbitrary<String> inserts() {
        return RandomChanges.inserts();
    }
}
