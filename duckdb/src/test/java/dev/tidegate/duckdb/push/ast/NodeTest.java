package dev.tidegate.duckdb.push.ast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTest {
    @Test
    void numbersAreKeptAsTheyAreWritten() {
        Node node = Node.read("{\"a\": 12345678901234567890123456789012345678, \"b\": -1.50e+07, \"c\": 1.10}")
                .get(0);
        assertThat(node.text("a")).isEqualTo("12345678901234567890123456789012345678");
        assertThat(node.text("b")).isEqualTo("-1.50e+07");
        assertThat(node.text("c")).isEqualTo("1.10");
    }

    @Test
    void membersAreWhatTheyAre() {
        Node node = Node.read(
                        " [ {\"t\": \"a\\n\\u00e4\\\"\", \"n\": null, \"y\": true, \"o\": {\"i\": \"x\"}, \"l\": [\"p\", {\"i\": \"q\"}, []]} ] ")
                .get(0);
        assertThat(node.text("t")).isEqualTo("a\nä\"");
        assertThat(node.has("n")).isFalse();
        assertThat(node.flag("y")).isTrue();
        assertThat(node.child("o").orElseThrow().text("i")).isEqualTo("x");
        assertThat(node.texts("l")).containsExactly("p");
        assertThat(node.children("l"))
                .singleElement()
                .satisfies(child -> assertThat(child.text("i")).isEqualTo("q"));
        assertThat(node.text("missing")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{\"a\"", "{\"a\":", "[1", "[1] 2", "{} {}", "\"a", "nul", "{\"a\": NaN}", "{a: 1}"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> Node.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        String deep = "{\"a\":".repeat(900) + "1" + "}".repeat(900);
        assertThat(Node.read(deep)).hasSize(1);
        String tooDeep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThatThrownBy(() -> Node.read(tooDeep)).isInstanceOf(IllegalArgumentException.class);
    }

    /** As deep as DuckDB itself goes, or refused: never an exhausted stack. */
    @Test
    void anyDepthThatDuckdbParsesIsReadOrRefused() throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            SqlParser parser = new SqlParser(duckdb);
            List<Node> shallow = parser.expressions("(".repeat(20) + "a + 1" + ")".repeat(20));
            assertThat(shallow).hasSize(1);
            for (int depth = 100; depth <= 1_000; depth += 90) {
                // It has to come back.
                parser.expressions("NOT ".repeat(depth) + "a");
                parser.expressions("f(".repeat(depth) + "a" + ")".repeat(depth));
            }
        }
    }
}
