package dev.tidegate.server.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"anna, right", "ANNA, right", "anna, wrong", "anna, ''", "nobody, right", "'', ''"})
    void everyAnswerCostsTheSameWork(String user, String password) {
        List<String> work = new ArrayList<>();
        Logins logins = new Logins((given, salt, iterations, bits) -> {
            work.add(iterations + " iterations, salt of " + salt.length + ", " + bits + " bits");
            return KeyDerivation.PBKDF2.derive(given, salt, 1, bits);
        });
        logins.add("anna", "right");
        work.clear();

        logins.accepts(user, password);

        assertThat(work).containsExactly("10000 iterations, salt of 16, 256 bits");
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
