package dev.tidegate.duckdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.sql.Token.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The tokens are those of DuckDB, which is asked. */
class TokenizerTest {
    private static Connection duckdb;

    @BeforeContainer
    static void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterContainer
    static void close() throws SQLException {
        duckdb.close();
    }

    /** Texts in which every character that begins or ends something is likely. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "'",
                        "\"",
                        "`",
                        "$",
                        "$$",
                        "$a$",
                        "E'",
                        "x'",
                        "\\",
                        "/*",
                        "*/",
                        "--",
                        "\n",
                        ";",
                        "?",
                        "(",
                        ")",
                        "a",
                        "é",
                        "1",
                        ".",
                        "e",
                        "_",
                        "-",
                        "+",
                        " ",
                        "\u00a0",
                        "\uFEFF",
                        "\uD83D\uDE00",
                        "\0")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    /** Constants, with what may stand around them. */
    @Provide
    Arbitrary<String> constants() {
        return Arbitraries.of(
                "1",
                "1_000.5e-3",
                ".5",
                "0x1F",
                "'a;b'",
                "'it''s;'",
                "'\\'",
                "E'\\';'",
                "E'\\\\'",
                "$$a;'b$$",
                "$t$;$$;$t$",
                "$é$;$é$",
                "x'3B'",
                "1 /* ; /* ; */ ' */",
                "1 -- ;'\n",
                "1 AS \"a;\"\"b\"",
                "1 AS `a;b`",
                "1 - -1",
                "2*/* ; */3",
                "-1+-- ;\n2",
                "[1,2][1]",
                "1 AS é",
                "'a'\n';b'",
                "n';'",
                "{'a;': 1}",
                "1 AS a$b",
                "'\uD83D\uDE00;'");
    }

    @Property(tries = 2000)
    void everyCharacterIsInOneToken(@ForAll("texts") String sql) {
        int at = 0;
        for (Token token : Tokenizer.tokens(sql)) {
            assertThat(token.start()).isEqualTo(at);
            assertThat(token.text()).isNotEmpty();
            at = token.end();
        }
        assertThat(at).isEqualTo(sql.length());
    }

    @Property(tries = 2000)
    void statementsJoinedAreTheText(@ForAll("texts") String sql) {
        String again = SqlStatement.split(sql).stream().map(SqlStatement::text).collect(Collectors.joining(";"));
        assertThat(significant(again)).isEqualTo(significant(sql));
        for (SqlStatement statement : SqlStatement.split(sql)) {
            for (Token token : statement.tokens()) {
                assertThat(statement.text().substring(token.start(), token.end()))
                        .isEqualTo(token.text());
            }
        }
    }

    @Property(tries = 300)
    void duckdbSplitsInTheSamePlaces(@ForAll List<@From("constants") String> constants) throws SQLException {
        String script = constants.stream()
                .map(constant -> "SELECT " + constant)
                .collect(Collectors.joining(" ; ", " /* ; */ ", ";"));
        List<SqlStatement> split = SqlStatement.split(script);
        assertThat(split).hasSameSizeAs(constants);
        if (!constants.isEmpty()) {
            assertThat(number("SELECT json_array_length(json_serialize_sql(" + Identifiers.literal(script)
                            + ") -> 'statements')"))
                    .as(script)
                    .isEqualTo(constants.size());
        }
    }

    @Property(tries = 300)
    void aStringStandsForWhatDuckdbTakesItFor(@ForAll("strings") String written) throws SQLException {
        Token token = Tokenizer.tokens(written).get(0);
        assertThat(token.text()).isEqualTo(written);
        try (Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + written)) {
            row.next();
            assertThat(token.string()).isEqualTo(row.getString(1));
        }
    }

    @Provide
    Arbitrary<String> strings() {
        Arbitrary<String> pieces = Arbitraries.of("a", "é", "''", "$", " ", ";", "\"", "--", "/*", "\uD83D\uDE00", "\n")
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
        Arbitrary<String> escapes = Arbitraries.of(
                        "a",
                        "é",
                        "''",
                        "\\'",
                        "\\\\",
                        "\\n",
                        "\\t",
                        "\\b",
                        "\\f",
                        "\\r",
                        "\\q",
                        "\\x41 ",
                        "\\101",
                        "\\u00e9",
                        "\\xg",
                        "\\x4",
                        "\\xc3\\251")
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
        return Arbitraries.oneOf(
                pieces.map(text -> "'" + text + "'"),
                escapes.map(text -> "E'" + text + "'"),
                pieces.filter(text -> !text.contains("$")).map(text -> "$$" + text + "$$"),
                pieces.filter(text -> !text.endsWith("$")).map(text -> "$tag$" + text + "$tag$"));
    }

    @Example
    void kindsAreToldApart() {
        assertThat(kinds("SELECT \"a\"\"b\", 'x', 1.5e3, ?2, $1, $name, a.b >= -1"))
                .containsExactly(
                        Kind.WORD,
                        Kind.QUOTED_NAME,
                        Kind.PUNCTUATION,
                        Kind.STRING,
                        Kind.PUNCTUATION,
                        Kind.NUMBER,
                        Kind.PUNCTUATION,
                        Kind.PARAMETER,
                        Kind.PUNCTUATION,
                        Kind.PARAMETER,
                        Kind.PUNCTUATION,
                        Kind.PARAMETER,
                        Kind.PUNCTUATION,
                        Kind.WORD,
                        Kind.PUNCTUATION,
                        Kind.WORD,
                        Kind.OPERATOR,
                        Kind.OPERATOR,
                        Kind.NUMBER);
        assertThat(kinds("'abc")).containsExactly(Kind.UNENDED);
        assertThat(kinds("$a$ b")).containsExactly(Kind.UNENDED);
        assertThat(kinds("/* /* */")).containsExactly(Kind.UNENDED);
    }

    /** Not within the property: after an escaped quote DuckDB itself takes them for nothing. */
    @Example
    void spacesOfUnicodeAreSpaces() throws SQLException {
        assertThat(kinds("1\u00a0+\uFEFF2\u20033"))
                .containsExactly(Kind.NUMBER, Kind.OPERATOR, Kind.NUMBER, Kind.NUMBER);
        assertThat(number("SELECT\u00a01\u2003+\uFEFF2")).isEqualTo(3);
    }

    @Example
    void namesLoseTheirQuotes() {
        assertThat(Tokenizer.tokens("\"a\"\"b\"").get(0).name()).isEqualTo("a\"b");
        assertThat(Tokenizer.tokens("`a``b`").get(0).name()).isEqualTo("a`b");
        assertThat(Tokenizer.tokens("Abc").get(0).foldedName()).isEqualTo("abc");
    }

    private static List<Kind> kinds(String sql) {
        return Tokenizer.tokens(sql).stream()
                .filter(Token::isSignificant)
                .map(Token::kind)
                .toList();
    }

    /** The significant tokens but the semicolons. */
    private static List<String> significant(String sql) {
        return Tokenizer.tokens(sql).stream()
                .filter(token -> token.isSignificant() && !token.isPunctuation(';'))
                .map(Token::text)
                .toList();
    }

    private static long number(String query) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
