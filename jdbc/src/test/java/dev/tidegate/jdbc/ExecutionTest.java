package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.Item;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What becomes of an answer between two calls of the thread that reads it. */
class ExecutionTest extends OnEmbeddedServer {
    private static final String TWO = "SELECT 1; SELECT 2";

    @Test
    void oneThatWasClosedWithItsConnectionHasNotComeToItsEnd() throws Exception {
        Execution untouched = start(TWO, true);
        session().close();
        assertThatThrownBy(untouched::next).hasMessageContaining("closed").satisfies(ExecutionTest::isState);
    }

    @Test
    void neitherHasOneThatWasReadInPart() throws Exception {
        Execution begun = start(TWO, false);
        assertThat(begun.next()).isInstanceOf(Item.Rows.class);
        session().close();
        assertThatThrownBy(begun::next).hasMessageContaining("closed").satisfies(ExecutionTest::isState);
    }

    @Test
    void oneThatWasReadToItsEndStaysWhole() throws Exception {
        run("CREATE TABLE t (n INT)");
        Execution whole = start("INSERT INTO t VALUES (1), (2)", false);
        assertThat(whole.next()).isEqualTo(new Item.UpdateCount(2));
        assertThat(whole.next()).isNull();
        session().close();
        assertThat(whole.next()).isNull();
    }

    @Test
    void oneWhoseReaderGivesItUpHasNothingMore() throws Exception {
        Execution givenUp = start(ENDLESS, true);
        assertThat(givenUp.next()).isInstanceOf(Item.Rows.class);
        givenUp.rows().close();
        assertThat(givenUp.next()).isNull();
    }

    @Test
    @Guarantee("G13")
    void aCancelGoesForTheRequestsThatFollowInTheSameWork() throws Exception {
        Execution first = start("SELECT 1", true);
        Execution second = new Execution(session(), new Warnings(), true, item -> {}, first);
        Execution third = new Execution(session(), new Warnings(), true, item -> {}, second);
        Execution other = new Execution(session(), new Warnings(), true, item -> {}, null);
        assertThat(third.continues(first)).isTrue();
        assertThat(third.continues(third)).isFalse();
        assertThat(other.continues(first)).isFalse();
        while (first.next() != null) {
            // To its end: the cancel comes when it is done.
        }
        second.cancel();
        assertThatThrownBy(third::goesOut).isInstanceOf(SQLException.class).hasMessageContaining("cancelled");
        other.goesOut();
    }

    private Session session() throws SQLException {
        return connection().unwrap(TidegateConnection.class).session();
    }

    private Execution start(String sql, boolean readsOnly) throws SQLException {
        Execution execution = new Execution(session(), new Warnings(), readsOnly, item -> {}, null);
        execution.start((client, options) -> client.execute(sql, options), RequestOptions.DEFAULTS);
        return execution;
    }

    private static void isState(Throwable thrown) {
        assertThat(((SQLException) thrown).getSQLState()).isEqualTo("08003");
    }
}
