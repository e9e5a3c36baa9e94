package dev.tidegate.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreetHistoryTest {
    private final DiscreetHistory history = new DiscreetHistory();

    @BeforeEach
    void holdsALine() {
        history.add(Instant.EPOCH, "SELECT 1");
    }

    @Test
    void keepsWhatIsNoSecret() {
        history.add(Instant.EPOCH, "SELECT id FROM dbo.orders WHERE passed = 1");

        assertThat(history).hasSize(2);
        assertThat(history.get(1)).isEqualTo("SELECT id FROM dbo.orders WHERE passed = 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE LOGIN app WITH PASSWORD = 'Hidden-1'",
                "alter login app with password='Hidden-1' old_password='Hidden-2'",
                "SELECT * FROM OPENROWSET('MSOLEDBSQL', 'Server=a;UID=sa;PWD=Hidden-1', 'SELECT 1')",
                "CREATE DATABASE SCOPED CREDENTIAL c WITH IDENTITY = 'a', SECRET = 'Hidden-1'",
                "SELECT 'AccountKey=Hidden-1'",
                "ATTACH 'mssql://sa:Hidden-1@host/db' AS ms;",
                "ATTACH 'mssql://sa:Hidden-1/with@slash@host/db' AS ms;",
            })
    void keepsNoLineThatMayHaveASecret(String line) {
        history.add(Instant.EPOCH, line);

        assertThat(history).hasSize(1);
        assertThat(history.get(0)).isEqualTo("SELECT 1");
    }
}
