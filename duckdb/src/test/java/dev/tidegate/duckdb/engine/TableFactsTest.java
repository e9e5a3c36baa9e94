package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.duckdb.attach.AttachOptions;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.attach.TableFacts;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of tables beside their columns. */
class TableFactsTest extends OnAttachedServer {
    private static final RemoteName FULL = new RemoteName("dbo", "it's ]full");
    private static final RemoteName EMPTY = new RemoteName("s", "empty");
    private static final RemoteName VIEW = new RemoteName("dbo", "v");
    private static final RemoteName MASKED = new RemoteName("s", "masked");

    private static final TableFacts UNKNOWN_ROWS = new TableFacts(OptionalLong.empty(), Optional.of(Set.of()));

    /** @param others tables that are asked for with them: few are asked for by name, of many a server tells all at once */
    @ParameterizedTest
    @ValueSource(ints = {0, 30})
    void theRowsOfATableAreKnownAndThoseOfAViewAreNot(int others) throws SQLException {
        create();
        List<RemoteName> tables = others(others);
        tables.addAll(List.of(FULL, VIEW, EMPTY));

        assertThat(facts(tables))
                .containsEntry(FULL, facts(3))
                .containsEntry(EMPTY, facts(0))
                .containsEntry(VIEW, UNKNOWN_ROWS)
                .hasSize(tables.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30})
    void aMaskedColumnIsKnownAndAViewMayShowIt(int others) throws SQLException {
        needs(
                "masked columns",
                "CREATE SCHEMA s",
                "CREATE TABLE s.masked (i int, pay int MASKED WITH (FUNCTION = 'default()'))");
        onServer("CREATE TABLE dbo.[it's ]]full] (i int)", "CREATE VIEW dbo.v AS SELECT pay FROM s.masked");
        List<RemoteName> tables = others(others);
        tables.addAll(List.of(FULL, MASKED));

        assertThat(facts(tables))
                .containsEntry(FULL, facts(0))
                .containsEntry(MASKED, new TableFacts(OptionalLong.of(0), Optional.of(Set.of("pay"))));

        tables.add(VIEW);
        assertThat(facts(tables)).containsEntry(FULL, facts(0)).containsEntry(VIEW, TableFacts.NONE);
    }

    @Test
    void nothingIsKnownOfATableThatNobodyHasAskedFor() throws SQLException {
        create();
        try (AttachedDatabase database = attached()) {
            assertThat(database.facts(FULL)).isEqualTo(TableFacts.NONE);
        }
    }

    private void create() throws SQLException {
        onServer(
                "CREATE SCHEMA s",
                "CREATE TABLE dbo.[it's ]]full] (i int, CONSTRAINT u UNIQUE (i))",
                "INSERT INTO dbo.[it's ]]full] VALUES (1), (2), (3)",
                "CREATE TABLE s.empty (i int PRIMARY KEY)",
                "CREATE VIEW dbo.v AS SELECT i FROM s.empty");
    }

    private List<RemoteName> others(int count) throws SQLException {
        List<RemoteName> others = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            onServer("CREATE TABLE dbo.o" + i + " (i int)");
            others.add(new RemoteName("dbo", "o" + i));
        }
        return others;
    }

    private static TableFacts facts(long rows) {
        return new TableFacts(OptionalLong.of(rows), Optional.of(Set.of()));
    }

    private Map<RemoteName, TableFacts> facts(List<RemoteName> tables) throws SQLException {
        try (AttachedDatabase database = attached()) {
            Map<RemoteName, SQLException> failures = new HashMap<>();
            new RemoteWork().columns(database, tables, new Run(Duration.ZERO), failures);
            assertThat(failures).isEmpty();
            Map<RemoteName, TableFacts> facts = new HashMap<>();
            tables.forEach(table -> facts.put(table, database.facts(table)));
            return facts;
        }
    }

    private AttachedDatabase attached() throws SQLException {
        return AttachedDatabase.open("ms", AttachOptions.of(url(), Map.of(), name -> null), new Run(Duration.ZERO));
    }
}
