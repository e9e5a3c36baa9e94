package dev.tidegate.server.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoginsTest {
    @Test
    void acceptsTheRightPasswordOnly() {
        Logins logins = new Logins();
        logins.add("Anna", "päss€word");

        assertThat(logins.accepts("anna", "päss€word")).isTrue();
        assertThat(logins.accepts("ANNA", "pässword")).isFalse();
        assertThat(logins.accepts("anna", "")).isFalse();
        assertThat(logins.accepts("nobody", "päss€word")).isFalse();
    }

    @Test
    void aLoginGivenTwiceHasItsLastPassword() {
        Logins logins = new Logins();
        logins.add("sa", "one");
        logins.add("SA", "two");
        assertThat(logins.accepts("sa", "one")).isFalse();
        assertThat(logins.accepts("sa", "two")).isTrue();
    }

    @Test
    void aCopyIsIndependent() {
        Logins logins = new Logins();
        Logins before = logins.copy();
        logins.add("sa", "one");
        assertThat(before.isEmpty()).isTrue();
        assertThat(logins.isEmpty()).isFalse();
    }

    @Test
    void neitherNamesNorPasswordsAreUnbounded() {
        Logins logins = new Logins();
        assertThatThrownBy(() -> logins.add(" ", "x")).hasMessageContaining("user name");
        assertThatThrownBy(() -> logins.add("sa", "x".repeat(129))).hasMessageContaining("password");
    }
}
