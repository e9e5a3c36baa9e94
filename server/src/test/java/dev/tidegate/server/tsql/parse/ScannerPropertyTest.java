package dev.tidegate.server.tsql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.backend.SqlServerException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScannerPropertyTest {
    @Property(tries = 500)
    void everyTokenIsFoundAgainWhateverStandsBetween(
            @ForAll("pieces") List<String> pieces, @ForAll("blanks") String blank) throws SqlServerException {
        String sql = String.join(blank, pieces);
        List<Token> tokens = Scanner.scan(sql, true);
        assertThat(tokens.subList(0, tokens.size() - 1).stream()
                        .map(token -> sql.substring(token.start(), token.end()))
                        .collect(Collectors.toList()))
                .isEqualTo(pieces);
        assertThat(tokens.getLast().kind()).isEqualTo(TokenKind.END);
    }

    @Property(tries = 500)
    void anyTextComesBackFromItsQuotes(@ForAll String text) throws SqlServerException {
        assertThat(only("'" + text.replace("'", "''") + "'")).isEqualTo(text);
        assertThat(only("N'" + text.replace("'", "''") + "'")).isEqualTo(text);
        assertThat(only("[" + text.replace("]", "]]") + "]")).isEqualTo(text);
        assertThat(only("\"" + text.replace("\"", "\"\"") + "\"")).isEqualTo(text);
    }

    @Example
    void aCurrencySignBeforeALetterComesToAnEnd() {
        for (char sign : "$£¤¥€".toCharArray()) {
            anyTextIsScannedOrRefused("select " + sign + "a");
        }
    }

    @Property(tries = 1000)
    void anyTextIsScannedOrRefused(@ForAll String text) {
        try {
            BatchParser.parse(text, true);
        } catch (BatchSyntaxException e) {
            assertThat(e.error().number()).isPositive();
            assertThat(e.line()).isPositive();
        }
    }

    @Property(tries = 500)
    void anyTokensAreParsedOrRefused(@ForAll("pieces") List<String> pieces) {
        anyTextIsScannedOrRefused(String.join(" ", pieces));
    }

    private static String only(String sql) throws SqlServerException {
        List<Token> tokens = Scanner.scan(sql, true);
        assertThat(tokens).hasSize(2);
        return tokens.getFirst().text();
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "select",
                        "from",
                        "@v",
                        "@@rowcount",
                        "#temp",
                        "[a b]",
                        "\"q\"\"r\"",
                        "'it''s'",
                        "N'x'",
                        "42",
                        "4.5",
                        "1e-3",
                        "0xAF",
                        "$1.5",
                        "(",
                        ")",
                        ",",
                        ".",
                        "<=",
                        "<>",
                        "+=",
                        "*",
                        "=",
                        ";",
                        "where",
                        "insert",
                        "values",
                        "case",
                        "when",
                        "end",
                        "begin",
                        "if",
                        "null",
                        "t")
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.of(" ", "\n", "\t ", " /* a /* nested */ one */ ", " -- to the end\n", "\r\n");
    }
}
