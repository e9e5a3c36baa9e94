package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Optional;

/**
 * COPY FROM DATABASE, IMPORT and EXPORT DATABASE are refused for attached databases: DuckDB would copy from or into what stands for them in
 * memory, and say that all went well.
 */
final class WholeDatabases implements Writes.Kind {
    private final EngineSession session;

    WholeDatabases(EngineSession session) {
        this.session = session;
    }

    @Override
    public Optional<Translated> translate(SqlStatement statement) throws SQLException {
        List<Token> tokens = statement.tokens();
        boolean copies = areWords(tokens, "COPY", "FROM", "DATABASE");
        boolean exports = areWords(tokens, "EXPORT", "DATABASE");
        if (!copies && !exports && !areWords(tokens, "IMPORT", "DATABASE")) {
            return Optional.empty();
        }
        // Without a name of its own it is about the current database.
        Optional<AttachedViews> meant = tokens.stream()
                .filter(Token::isName)
                .map(token -> session.attached().find(token.name()))
                .filter(views -> views != null)
                .findFirst();
        if (meant.isEmpty() && !copies) {
            meant = Optional.ofNullable(session.attached().find(session.duckdb().getCatalog()));
        }
        if (meant.isPresent()) {
            throw new SQLFeatureNotSupportedException(
                    "a whole database cannot be copied from or into "
                            + meant.get().alias() + "; copy its tables one by one, with CREATE TABLE … AS",
                    "0A000");
        }
        return Optional.empty();
    }

    private static boolean areWords(List<Token> tokens, String... words) {
        if (tokens.size() < words.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }
}
