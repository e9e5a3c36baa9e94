package dev.tidegate.server.h2.error;

import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.error.ServerError;
import dev.tidegate.server.tsql.parse.ReservedWords;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors of syntax: 102 near a name, literal or sign, 156 near a reserved word, 105 for a quotation that does not end. */
final class SyntaxErrors {
    /** Where H2 marks the place of a syntax error in the statement, and the token that follows. */
    private static final Pattern MARKED = Pattern.compile("\\[\\*]\\s*(\\[[^\\]]*]|'[^']*'?|[\\w@#$]+|\\S)?");

    private SyntaxErrors() {}

    /**
     * The error for a token that does not belong where it stands.
     *
     * @param token as written; a quoted one may keep its quotes
     */
    static ServerError near(String token) {
        if (ReservedWords.contains(token)) {
            return KnownError.INCORRECT_SYNTAX_KEYWORD.with(token);
        }
        if (token.length() > 1 && (token.charAt(0) == '\'' || token.charAt(0) == '[' || token.charAt(0) == '"')) {
            boolean closed = token.length() > 1 && "'\"]".indexOf(token.charAt(token.length() - 1)) >= 0;
            return closed
                    ? KnownError.INCORRECT_SYNTAX.with(token.substring(1, token.length() - 1))
                    : KnownError.UNCLOSED_QUOTE.with(token.substring(1));
        }
        return KnownError.INCORRECT_SYNTAX.with(token);
    }

    static ServerError ofH2(String markedStatement) {
        Matcher mark = MARKED.matcher(markedStatement);
        if (!mark.find()) {
            return KnownError.INCORRECT_SYNTAX.with("");
        }
        if (mark.group(1) != null) {
            return near(mark.group(1));
        }
        // The statement ends too early: SQL Server names the last token that it read.
        String before = markedStatement.substring(0, mark.start()).strip();
        return near(before.substring(Math.max(before.lastIndexOf(' '), before.lastIndexOf('\n')) + 1));
    }
}
