package dev.tidegate.jdbc;

import static dev.tidegate.jdbc.RehearsedBackend.both;
import static dev.tidegate.jdbc.RehearsedBackend.count;
import static dev.tidegate.jdbc.RehearsedBackend.error;
import static dev.tidegate.jdbc.RehearsedBackend.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.ServerMessage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedStatementTest extends OnScriptedServer {
    private static final String ECHO = "select @P0 as n";

    private void scriptEcho() {
        script().on(
                        ECHO,
                        (sink, values) -> rows(
                                        NUMBER, new Object[] {values.get(0).value()})
                                .write(sink, values));
    }

    private static int one(PreparedStatement statement, int value) throws SQLException {
        statement.setInt(1, value);
        try (ResultSet result = statement.executeQuery()) {
            assertThat(result.next()).isTrue();
            int read = result.getInt(1);
            assertThat(result.next()).isFalse();
            return read;
        }
    }

    @Test
    void preparesOnTheSecondUseAndExecutesFromThen() throws SQLException {
        scriptEcho();
        try (PreparedStatement statement = connection().prepareStatement("select ? as n")) {
            for (int i = 0; i < 4; i++) {
                assertThat(one(statement, i)).isEqualTo(i);
            }
        }
        assertThat(script().log()).containsExactly("sp_executesql", "sp_prepexec", "sp_execute 1", "sp_execute 1");
    }

    @Test
    void anotherTypeIsAnotherStatementAndDoesNotTakeTheHandleAway() throws SQLException {
        scriptEcho();
        try (PreparedStatement statement = connection().prepareStatement("select ? as n")) {
            one(statement, 1);
            one(statement, 2);
            statement.setNull(1, Types.BIGINT);
            statement.executeQuery().close();
            one(statement, 3);
        }
        assertThat(script().log()).containsExactly("sp_executesql", "sp_prepexec", "sp_executesql", "sp_execute 1");
    }

    @Test
    void aHandleThatTheServerLostIsMadeAnew() throws SQLException {
        scriptEcho();
        try (PreparedStatement statement = connection().prepareStatement("select ? as n")) {
            one(statement, 1);
            one(statement, 2);
            script().forgetHandles();
            assertThat(one(statement, 3)).isEqualTo(3);
        }
        assertThat(script().log()).containsExactly("sp_executesql", "sp_prepexec", "sp_execute 1", "sp_executesql");
    }

    @Test
    void statementsOfTheSameTextShareAHandle() throws SQLException {
        scriptEcho();
        for (int i = 0; i < 4; i++) {
            try (PreparedStatement statement = connection().prepareStatement("select ? as n")) {
                one(statement, i);
            }
        }
        assertThat(script().log()).containsExactly("sp_executesql", "sp_prepexec", "sp_execute 1", "sp_execute 1");
    }

    @ParameterizedTest
    @CsvSource({
        "disableStatementPooling=true, 10",
        "statementPoolingCacheSize=0, 10",
        "disableStatementPooling=true;serverPreparedStatementDiscardThreshold=3, 12",
        "disableStatementPooling=true;serverPreparedStatementDiscardThreshold=0, 12"
    })
    void handlesOfTheirOwnAreGivenBackSeveralAtATime(String properties, int givenBack) throws SQLException {
        scriptEcho();
        try (Connection own = connect(";" + properties)) {
            for (int i = 0; i < 13; i++) {
                try (PreparedStatement statement = own.prepareStatement("select ? as n")) {
                    one(statement, 1);
                    one(statement, 2);
                }
            }
        }
        assertThat(script().log().stream().filter("sp_unprepare"::equals)).hasSize(givenBack);
        assertThat(script().log().stream().filter("sp_prepexec"::equals)).hasSize(13);
    }

    @Test
    void aStatementCanBePreparedWhenItIsRunFirst() throws SQLException {
        scriptEcho();
        try (Connection own = connect(";enablePrepareOnFirstPreparedStatementCall=true");
                PreparedStatement statement = own.prepareStatement("select ? as n")) {
            one(statement, 1);
            one(statement, 2);
        }
        assertThat(script().log()).containsExactly("sp_prepexec", "sp_execute 1");
    }

    /** The error of a handle that is lost, raised by the statement itself: it has run. */
    @ParameterizedTest
    @ValueSource(strings = {"Could not find prepared statement with handle 17.", "Handle 11 is not valid."})
    void anErrorOfAnotherHandleIsNoReasonToRunAgain(String text) throws SQLException {
        AtomicInteger runs = new AtomicInteger();
        script().on(
                        "insert @P0",
                        (sink, values) ->
                                (runs.incrementAndGet() == 3 ? error(8179, text) : count(1)).write(sink, values));
        try (PreparedStatement statement = connection().prepareStatement("insert ?")) {
            for (int i = 0; i < 2; i++) {
                statement.setInt(1, i);
                statement.executeUpdate();
            }
            statement.setInt(1, 3);
            assertThatThrownBy(statement::executeUpdate).hasMessageContaining(text);
        }
        assertThat(script().log()).containsExactly("sp_executesql", "sp_prepexec", "sp_execute 1");
    }

    @Test
    void withoutParametersTheTextRunsAsABatch() throws SQLException {
        script().on("create table #t (i int)", count(0));
        try (PreparedStatement statement = connection().prepareStatement("create table #t (i int)")) {
            statement.executeUpdate();
        }
        assertThat(script().log()).containsExactly("create table #t (i int)");
    }

    @Test
    void everyParameterMustBeSet() throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement("select ?, ?")) {
            statement.setInt(1, 1);
            assertThatThrownBy(statement::executeQuery).hasMessageContaining("parameter 2");
            assertThatThrownBy(() -> statement.setInt(3, 1)).hasMessageContaining("1 to 2");
            assertThatThrownBy(() -> statement.setInt(0, 1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aBatchHasACountForEveryRowAndGoesOnAfterAnError() throws SQLException {
        script().on("insert into t values (@P0)", (sink, values) -> {
            int value = (Integer) values.get(0).value();
            if (value % 100 == 7) {
                sink.message(new ServerMessage(true, 2627, 1, 14, "duplicate " + value, "scripted", "", 1));
                sink.statementFailed(Done.COMMAND_INSERT);
            } else {
                sink.statementDone(Done.COMMAND_INSERT, value);
            }
        });
        int rows = BatchRun.MOST_CALLS * 2 + 10;
        try (PreparedStatement statement = connection().prepareStatement("insert into t values (?)")) {
            for (int i = 0; i < rows; i++) {
                statement.setInt(1, i);
                statement.addBatch();
            }
            assertThatThrownBy(statement::executeLargeBatch).isInstanceOfSatisfying(BatchUpdateException.class, e -> {
                assertThat(e.getLargeUpdateCounts()).hasSize(rows);
                for (int i = 0; i < rows; i++) {
                    assertThat(e.getLargeUpdateCounts()[i]).isEqualTo(i % 100 == 7 ? Statement.EXECUTE_FAILED : i);
                }
                assertThat(e.getErrorCode()).isEqualTo(2627);
                assertThat(e.getMessage()).contains("duplicate 7");
            });
            assertThat(statement.executeBatch()).isEmpty();
        }
    }

    @Test
    void aBatchGathersTheKeysOfAllRows() throws SQLException {
        script().on("insert into t values (@P0)" + StatementResults.SELECT_KEYS, (sink, values) -> {
            long value = (Integer) values.get(0).value();
            both(count(1), StatementTest.keys(value * 10)).write(sink, values);
        });
        try (PreparedStatement statement =
                connection().prepareStatement("insert into t values (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 1; i <= 5; i++) {
                statement.setInt(1, i);
                statement.addBatch();
            }
            assertThat(statement.executeBatch()).containsExactly(1, 1, 1, 1, 1);
            List<Long> keys = new ArrayList<>();
            try (ResultSet result = statement.getGeneratedKeys()) {
                while (result.next()) {
                    keys.add(result.getLong(1));
                }
            }
            assertThat(keys).containsExactly(10L, 20L, 30L, 40L, 50L);
        }
    }

    @Test
    void textGoesAsVarcharWhenAskedFor() throws SQLException {
        String sql = "select @P0, @P1";
        script().on(sql, rows(NUMBER));
        try (var narrow = connect(";sendStringParametersAsUnicode=false");
                PreparedStatement statement = narrow.prepareStatement("select ?, ?")) {
            statement.setString(1, "a");
            statement.setNString(2, "b");
            statement.executeQuery().close();
        }
        ProcedureCall call = script().calls().get(script().calls().size() - 1);
        assertThat(call.parameters().get(1).value()).isEqualTo("@P0 varchar(8000),@P1 nvarchar(4000)");
    }

    @Test
    void streamsAreReadAndTheirLengthsChecked() throws SQLException {
        script().on("select @P0, @P1", rows(NUMBER));
        try (PreparedStatement statement = connection().prepareStatement("select ?, ?")) {
            statement.setBinaryStream(1, new ByteArrayInputStream(new byte[20_000]));
            statement.setCharacterStream(2, new StringReader("abc"), 3);
            statement.executeQuery().close();
            ProcedureCall call = script().calls().get(script().calls().size() - 1);
            assertThat((byte[]) call.parameters().get(2).value()).hasSize(20_000);
            assertThat(call.parameters().get(3).value()).isEqualTo("abc");
            assertThat(call.parameters().get(1).value()).isEqualTo("@P0 varbinary(max),@P1 nvarchar(max)");
            statement.setBinaryStream(1, new ByteArrayInputStream(new byte[3]), 4L);
            statement.setCharacterStream(2, new StringReader("abc"), 3);
            assertThatThrownBy(statement::executeQuery).hasMessageContaining("4 bytes and ended after 3");
            statement.setBinaryStream(1, new ByteArrayInputStream(new byte[4]), 4L);
            statement.setCharacterStream(2, new StringReader("abcdef"), 3);
            assertThatThrownBy(statement::executeQuery).hasMessageContaining("3 characters and has more");
        }
    }
}
