package dev.tidegate.duckdb.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritePushDownTest {
    private TwoCopies copies;

    @BeforeEach
    void start() throws IOException, SQLException {
        copies = new TwoCopies();
    }

    @AfterEach
    void stop() throws SQLException {
        copies.close();
    }

    @Test
    void bothSidesHaveTheSameRowsAfterwards() throws SQLException {
        both("i = i - 1", "i > 3 AND i < 2147483647");
        both("d = d * 0.005 - 0.1", "d < 100");
        both("d = d + i", "i = 3 AND d < 100");
        both("i = 7", "s = 'abc'");
        both("d = 12.5", "id IN (SELECT id + 1 FROM w WHERE n = 3)");
        both("s = 'it''s 🌊'", "v <> 'abc' OR v IS NULL");
        both("v = 'xyz'", "s LIKE 'a%' AND NOT b");
        both("l = i", "dt = DATE '2020-02-29'");
        both("td = TIMESTAMP '2021-01-01 10:00:00.007'", "td <= TIMESTAMP '2020-02-29 12:00:00.005'");
        both("t6 = TIMESTAMP '2021-01-01 10:00:00.123456'", "t0 > DATE '2020-02-29'");
        both("u = '0f11a2b3-1234-4321-8765-00000000000f'", "u IS NULL");
        both("f = 0.25", "x = ''::BLOB OR h < 0.1");
        both("b = NULL", "n = 255");
        both("b = true", "b IS NULL AND n <> 3");
        deleteInBoth("s <> 'abc' AND i = 7");
        deleteInBoth("EXISTS (SELECT 1 FROM w WHERE w.id = t.id + 2)");
        assertThat(rows()).isNotEmpty();
        deleteInBoth(null);
        assertThat(rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            i = d                 |                    | decimal(10,2) becomes int
            n = i                 |                    | int becomes tinyint
            d = 1.005             |                    | a constant that decimal(10,2) does not have
            td = TIMESTAMP '2020-01-01 00:00:00.004' |  | a constant that datetime does not have
            v = 'Ω'               |                    | text beyond ASCII becomes varchar(30)
            s = upper(s)          |                    | the function upper
            r = 0.1               |                    | a constant becomes real
            i = random()          |                    | the function random
            i = 1                 | s > 'a'            | text is ordered by the server's collation
            i = 1                 | s LIKE 'a_'        | _ in a pattern
            i = 1                 | i = 3); DROP TABLE t | an expression that does not stand for itself
            """)
    void whatWouldBeAnotherValueOrRowIsNotPushed(String set, String where, String reason) throws SQLException {
        assertThat(writes(Mode.AUTO).update(assignments(set), where, "")).isEqualTo(new NotPushed(reason));
    }

    /** DuckDB computes in a type that is narrower than the column, and fails where it is not enough. */
    @ParameterizedTest
    @ValueSource(strings = {"h = i + 1", "h = abs(i)", "h = l - 1", "l = i * i", "h = d * d", "f = i + 1"})
    void whatOverflowsInDuckdbIsNoValueOfTheServers(String set) throws SQLException {
        List<String> before = rows();
        String where = "i IN (2147483647, -2147483648) OR l < -9000000000000000000 OR d > 90000000";
        assertThatThrownBy(() -> copies.locallyExecute("UPDATE local.t SET " + set + " WHERE " + where))
                .hasMessageContaining("Out of Range Error");
        PushDown pushDown = writes(Mode.AUTO).update(assignments(set), where, "");
        if (pushDown instanceof Pushed) {
            assertThatThrownBy(() -> run(pushDown)).isInstanceOf(SQLException.class);
        }
        assertThat(rows()).isEqualTo(before);
        assertThat(pushDown instanceof Pushed).isEqualTo(!set.startsWith("f"));
    }

    @Test
    void theServersCollationCountsOnRequest() throws SQLException {
        Pushed pushed = (Pushed) writes(Mode.ON).delete("s = 'abc'", "");

        assertThat(pushed.request().sql()).isEqualTo("DELETE [t1] FROM [dbo].[t] AS [t1] WHERE [t1].[s] = @p1");
        assertThat(writes(Mode.OFF).delete("i = 3", "")).isInstanceOf(NotPushed.class);
    }

    private WritePushDown writes(Mode mode) throws SQLException {
        return new WritePushDown(copies.duckdb(), Sample.table("t"), "t", QueryPushDownTest::table, mode);
    }

    private static Map<String, String> assignments(String set) {
        Map<String, String> values = new LinkedHashMap<>();
        int equals = set.indexOf('=');
        values.put(set.substring(0, equals).trim(), set.substring(equals + 1).trim());
        return values;
    }

    private void both(String set, String where) throws SQLException {
        List<String> before = rows();
        run(writes(Mode.AUTO).update(assignments(set), where, ""));
        copies.locallyExecute("UPDATE local.t SET " + set + " WHERE " + where);
        assertThat(rows()).as(set + " where " + where).isNotEqualTo(before).isEqualTo(localRows());
    }

    private void deleteInBoth(String where) throws SQLException {
        List<String> before = rows();
        run(writes(Mode.AUTO).delete(where, ""));
        copies.locallyExecute("DELETE FROM local.t" + (where == null ? "" : " WHERE " + where));
        assertThat(rows()).as("delete where " + where).isNotEqualTo(before).isEqualTo(localRows());
    }

    private void run(PushDown pushDown) throws SQLException {
        assertThat(pushDown).isInstanceOf(Pushed.class);
        Pushed pushed = (Pushed) pushDown;
        copies.remotely(pushed.request().sql(), pushed.request().parameters());
    }

    private List<String> rows() throws SQLException {
        return TwoCopies.texts(copies.remotely("SELECT * FROM dbo.t ORDER BY id", List.of()));
    }

    private List<String> localRows() throws SQLException {
        Pushed all = (Pushed) QueryPushDownTest.pushDown(copies.duckdb(), "SELECT * FROM t ORDER BY id", Mode.AUTO);
        return copies.locally("SELECT * FROM t ORDER BY id", all.columns());
    }
}
