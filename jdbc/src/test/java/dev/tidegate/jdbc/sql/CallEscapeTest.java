package dev.tidegate.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallEscapeTest {
    @Test
    void readsCalls() throws SQLException {
        assertThat(CallEscape.parse("{call p}")).hasValue(new CallEscape(false, "p", List.of()));
        assertThat(CallEscape.parse(" { call  p ( ) } ; ")).hasValue(new CallEscape(false, "p", List.of()));
        assertThat(CallEscape.parse("{? = call db.dbo.[a b](?, ?)}"))
                .hasValue(new CallEscape(true, "db.dbo.[a b]", List.of("?", "?")));
        assertThat(CallEscape.parse("exec p ?, ?")).hasValue(new CallEscape(false, "p", List.of("?", "?")));
        assertThat(CallEscape.parse("EXECUTE ? = db..p ?")).hasValue(new CallEscape(true, "db..p", List.of("?")));
    }

    @Test
    void leavesOtherTextAlone() throws SQLException {
        assertThat(CallEscape.parse("exec p 1; select 2")).isEmpty();
        assertThat(CallEscape.parse("exec @r = p ?")).isEmpty();
        assertThat(CallEscape.parse("exec sp_who active")).isEmpty();
        assertThat(CallEscape.parse("exec ('select 1')")).isEmpty();
        assertThat(CallEscape.parse("select 1")).isEmpty();
        assertThat(CallEscape.parse("")).isEmpty();
    }

    @Test
    void countsParameters() throws SQLException {
        CallEscape call = CallEscape.parse("{?=call p(?, 1, f(?, '?'))}").orElseThrow();
        assertThat(call.parameters()).isEqualTo(3);
        assertThat(call.isPlain()).isFalse();
        assertThat(call.toExec()).isEqualTo("EXEC ? = p ?, 1, f(?, '?')");
    }
}
