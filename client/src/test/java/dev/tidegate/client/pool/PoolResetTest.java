package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user changes of the session, setting by setting: seen by the user, and not by the next one on the same connection. */
class PoolResetTest extends OnPool {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET TEXTSIZE 100              | SELECT @@TEXTSIZE          | 100     | 2147483647",
                "SET ROWCOUNT 1                | SELECT a FROM (VALUES (1), (2)) AS t (a) | 1 | 1 2",
                "SET NOCOUNT ON                | SELECT @@OPTIONS & 512     | 512     | 0",
                "SET IMPLICIT_TRANSACTIONS ON  | SELECT @@OPTIONS & 2       | 2       | 0",
                "SET LOCK_TIMEOUT 7            | SELECT @@LOCK_TIMEOUT      | 7       | -1",
                "SET LANGUAGE Deutsch          | SELECT @@LANGUAGE          | Deutsch | us_english",
                "SET FMTONLY ON                | SELECT 1                   | ''      | 1",
                "USE other                     | SELECT DB_NAME()           | other   | demo",
                "BEGIN TRANSACTION             | SELECT @@TRANCOUNT         | 1       | 0",
                "CREATE TABLE #mine (a int)    | SELECT CASE WHEN OBJECT_ID('tempdb..#mine') IS NULL THEN 0 ELSE 1 END | 1 | 0",
                "EXEC sp_getapplock 'x', 'Exclusive', 'Session', 0 | SELECT APPLOCK_MODE('public', 'x', 'Session')"
                        + " | Exclusive | NoLock"
            })
    @Guarantee(value = "G16", surface = Surface.P)
    void theNextUserDoesNotSeeIt(String change, String question, String changed, String fresh) throws Exception {
        try (ConnectionPool pool = pool(1)) {
            long spid;
            try (TdsConnection user = pool.acquire()) {
                spid = number(user, "SELECT @@SPID");
                assertThat(answer(user, question)).isEqualTo(fresh);
                run(user, change);
                assertThat(answer(user, question))
                        .as("the change has an effect")
                        .isEqualTo(changed);
            }
            try (TdsConnection next = pool.acquire()) {
                assertThat(answer(next, question)).isEqualTo(fresh);
                assertThat(number(next, "SELECT @@SPID")).isEqualTo(spid);
            }
            assertThat(pool.statistics().created()).isEqualTo(1);
        }
    }

    @Test
    @Guarantee(value = "G16", surface = Surface.P)
    void anApplicationLockIsFreeForOthersWithTheNextRequest() throws Exception {
        String lock = "DECLARE @got int; EXEC @got = sp_getapplock @Resource = 'x', @LockMode = 'Exclusive',"
                + " @LockOwner = 'Session', @LockTimeout = 0; SELECT @got";
        try (ConnectionPool pool = pool(2);
                TdsConnection other = pool.acquire()) {
            try (TdsConnection user = pool.acquire()) {
                assertThat(answer(user, lock)).isEqualTo("0");
                assertThat(answer(other, lock)).isEqualTo("-1");
            }
            try (TdsConnection next = pool.acquire()) {
                run(next, "SELECT 1");
                assertThat(answer(other, lock)).isEqualTo("0");
            }
        }
    }

    @Test
    @Guarantee(value = "G16", surface = Surface.P)
    void theRightToWriteIdentitiesEnds() throws Exception {
        try (ConnectionPool pool = pool(1)) {
            try (TdsConnection user = pool.acquire()) {
                run(user, "CREATE TABLE numbered (a int IDENTITY, b int)");
                run(user, "SET IDENTITY_INSERT numbered ON");
                run(user, "INSERT INTO numbered (a, b) VALUES (7, 1)");
            }
            try (TdsConnection next = pool.acquire()) {
                // Refused without a number for the identity, were the setting still on.
                run(next, "INSERT INTO numbered (b) VALUES (2)");
                assertThat(number(next, "SELECT COUNT(*) FROM numbered")).isEqualTo(2);
            }
        }
    }

    /** The values of the first column, with a blank between. */
    private static String answer(TdsConnection connection, String sql) throws Exception {
        List<String> values = new ArrayList<>();
        try (Response response = connection.execute(sql)) {
            for (Item item = response.next(); item != null; item = response.next()) {
                while (item instanceof Item.Rows && response.nextRow()) {
                    values.add(String.valueOf(response.row().getObject(0)));
                }
            }
        }
        return String.join(" ", values);
    }
}
