package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.sql.EngineStatement.Attach;
import dev.tidegate.duckdb.sql.EngineStatement.CreateSecret;
import dev.tidegate.duckdb.sql.EngineStatement.Detach;
import dev.tidegate.duckdb.sql.EngineStatement.DropSecret;
import dev.tidegate.duckdb.sql.EngineStatement.Transaction;
import dev.tidegate.duckdb.sql.EngineStatement.Transaction.Step;
import java.sql.SQLSyntaxErrorException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Takes apart the statements that the engine has a part in. */
public final class StatementReader {
    private static final String TYPE = "mssql";

    private StatementReader() {}

    /**
     * @return empty if the statement is for DuckDB alone
     * @throws SQLSyntaxErrorException if it is for the engine and not written as it should be; no text of it that may be a secret is in
     *     the message
     */
    public static Optional<EngineStatement> read(SqlStatement statement) throws SQLSyntaxErrorException {
        TokenReader tokens = new TokenReader(statement);
        if (tokens.accept("ATTACH")) {
            return attach(tokens);
        }
        if (tokens.accept("DETACH")) {
            return detach(tokens);
        }
        if (tokens.accept("CREATE")) {
            return createSecret(tokens);
        }
        if (tokens.accept("DROP")) {
            return dropSecret(tokens);
        }
        return transaction(tokens);
    }

    /** Empty also for what only begins like one: DuckDB refuses it. */
    private static Optional<EngineStatement> transaction(TokenReader tokens) {
        Step step;
        if (tokens.accept("START")) {
            if (!tokens.accept("TRANSACTION")) {
                return Optional.empty();
            }
            step = Step.BEGIN;
        } else {
            step = step(tokens);
            if (step == null) {
                return Optional.empty();
            }
            if (!tokens.accept("TRANSACTION")) {
                tokens.accept("WORK");
            }
        }
        boolean readOnly = false;
        if (step == Step.BEGIN) {
            readOnly = tokens.accept("READ", "ONLY");
            if (!readOnly) {
                tokens.accept("READ", "WRITE");
            }
        }
        return tokens.atEnd() ? Optional.of(new Transaction(step, readOnly)) : Optional.empty();
    }

    private static Step step(TokenReader tokens) {
        if (tokens.accept("BEGIN")) {
            return Step.BEGIN;
        }
        if (tokens.accept("COMMIT") || tokens.accept("END")) {
            return Step.COMMIT;
        }
        return tokens.accept("ROLLBACK") || tokens.accept("ABORT") ? Step.ROLLBACK : null;
    }

    private static Optional<EngineStatement> attach(TokenReader tokens) throws SQLSyntaxErrorException {
        boolean orReplace = tokens.accept("OR", "REPLACE");
        tokens.accept("DATABASE");
        boolean ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
        if (!tokens.nextIsText()) {
            // An expression, or something that DuckDB refuses.
            return Optional.empty();
        }
        String url = tokens.text("a URL");
        String alias = tokens.accept("AS") ? tokens.name("a name for the database") : null;
        if (!tokens.nextIsPunctuation('(')) {
            return url.toLowerCase(Locale.ROOT).startsWith("mssql://")
                    ? Optional.of(new Attach(url, named(alias), orReplace, ifNotExists, Map.of()))
                    : Optional.empty();
        }
        Map<String, String> options = options(tokens, "ATTACH");
        String type = options.remove("type");
        if (!TYPE.equalsIgnoreCase(type)) {
            if (!url.toLowerCase(Locale.ROOT).startsWith("mssql://")) {
                return Optional.empty();
            }
            if (type != null) {
                // DuckDB would have the address, and so the password, in its error.
                throw new SQLSyntaxErrorException(
                        "ATTACH: an address that begins with mssql:// is of TYPE mssql, not of TYPE " + type, "22023");
            }
        }
        tokens.expectEnd();
        return Optional.of(new Attach(url, named(alias), orReplace, ifNotExists, options));
    }

    private static String named(String alias) throws SQLSyntaxErrorException {
        if (alias == null) {
            throw new SQLSyntaxErrorException("ATTACH: give the SQL Server database a name with AS", "42601");
        }
        return alias;
    }

    private static Optional<EngineStatement> detach(TokenReader tokens) throws SQLSyntaxErrorException {
        tokens.accept("DATABASE");
        boolean ifExists = tokens.accept("IF", "EXISTS");
        if (!tokens.nextIsName()) {
            return Optional.empty();
        }
        String alias = tokens.name("a database");
        return tokens.atEnd() ? Optional.of(new Detach(alias, ifExists)) : Optional.empty();
    }

    private static Optional<EngineStatement> createSecret(TokenReader tokens) throws SQLSyntaxErrorException {
        boolean orReplace = tokens.accept("OR", "REPLACE");
        boolean persistent = tokens.accept("PERSISTENT");
        if (!persistent) {
            tokens.accept("TEMPORARY");
        }
        if (!tokens.accept("SECRET")) {
            return Optional.empty();
        }
        boolean ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
        String name = tokens.nextIsName() ? tokens.name("a name") : null;
        if (!tokens.nextIsPunctuation('(')) {
            return Optional.empty();
        }
        Map<String, String> options = options(tokens, "CREATE SECRET");
        if (!TYPE.equalsIgnoreCase(options.remove("type"))) {
            return Optional.empty();
        }
        tokens.expectEnd();
        if (name == null) {
            throw new SQLSyntaxErrorException("CREATE SECRET: a secret of type mssql needs a name", "42601");
        }
        if (persistent) {
            throw new SQLSyntaxErrorException(
                    "CREATE SECRET " + name + ": secrets of type mssql are not stored; leave PERSISTENT out", "0A000");
        }
        return Optional.of(new CreateSecret(name, orReplace, ifNotExists, options));
    }

    private static Optional<EngineStatement> dropSecret(TokenReader tokens) throws SQLSyntaxErrorException {
        if (tokens.accept("PERSISTENT")) {
            return Optional.empty();
        }
        tokens.accept("TEMPORARY");
        if (!tokens.accept("SECRET")) {
            return Optional.empty();
        }
        boolean ifExists = tokens.accept("IF", "EXISTS");
        String name = tokens.name("a secret");
        return tokens.atEnd() ? Optional.of(new DropSecret(name, ifExists)) : Optional.empty();
    }

    /** {@code (name [value], …)}; each at most once. */
    private static Map<String, String> options(TokenReader tokens, String what) throws SQLSyntaxErrorException {
        Map<String, String> options = new LinkedHashMap<>();
        tokens.expect('(');
        do {
            String name = tokens.name("an option").toLowerCase(Locale.ROOT);
            String value = tokens.nextIsPunctuation(',') || tokens.nextIsPunctuation(')')
                    ? "true"
                    : tokens.constant("option " + name);
            if (options.put(name, value) != null) {
                throw new SQLSyntaxErrorException(what + ": option " + name + " is given twice", "42601");
            }
        } while (tokens.accept(','));
        tokens.expect(')');
        return options;
    }
}
