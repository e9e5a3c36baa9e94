package dev.tidegate.duckdb.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdoStringTest {
    @Test
    void namesAndQuotesAreThoseOfAdoNet() {
        assertThat(AdoString.read(" Data Source = tcp:h\\i,1433 ;; initial catalog=\"a\"\"b\"; UID=u;Pwd={p;}}'=};"
                        + "Application Name='it''s';Connect Timeout=5; "))
                .isEqualTo(Map.of(
                        "server", "h\\i,1433",
                        "databaseName", "a\"b",
                        "user", "u",
                        "password", "p;}'=",
                        "applicationName", "it's",
                        "loginTimeout", "5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Server=h;hidden",
                "Server=h;Password={hidden",
                "Server=h;Password=hidden;Pwd=hidden",
                "Server=h;Colour=hidden",
            })
    void mistakesAreNamedWithoutValues(String text) {
        assertThatThrownBy(() -> AdoString.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void urlsAreNone() {
        assertThat(AdoString.accepts("Server=h")).isTrue();
        assertThat(AdoString.accepts("mssql://h/d?encrypt=false")).isFalse();
        assertThat(AdoString.accepts("some words")).isFalse();
    }
}
