package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Statement;
import java.util.List;

/** Parses a whole batch before any of it runs, as SQL Server does: a syntax error anywhere means that nothing runs. */
public final class BatchParser {
    private BatchParser() {}

    /**
     * @param quotedIdentifiers SET QUOTED_IDENTIFIER
     * @throws BatchSyntaxException with the line where parsing stopped
     */
    public static List<Statement> parse(String sql, boolean quotedIdentifiers) throws BatchSyntaxException {
        TokenCursor cursor = cursor(sql, quotedIdentifiers);
        try {
            return new StatementParser(cursor).batch();
        } catch (SqlServerException e) {
            throw new BatchSyntaxException(e, cursor.line());
        }
    }

    /** Parses a list of parameters as {@code sp_executesql} and {@code sp_prepare} take it. */
    public static List<Statement.Declaration> parseParameters(String text) throws BatchSyntaxException {
        TokenCursor cursor = cursor(text, true);
        try {
            return new StatementParser(cursor).parameters();
        } catch (SqlServerException e) {
            throw new BatchSyntaxException(e, cursor.line());
        }
    }

    private static TokenCursor cursor(String sql, boolean quotedIdentifiers) throws BatchSyntaxException {
        try {
            return new TokenCursor(sql, Scanner.scan(sql, quotedIdentifiers));
        } catch (SqlServerException e) {
            throw new BatchSyntaxException(e, 1);
        }
    }
}
