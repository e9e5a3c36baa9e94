package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.sql.Definition.Alter;
import dev.tidegate.duckdb.sql.Definition.CreateIndex;
import dev.tidegate.duckdb.sql.Definition.CreateSchema;
import dev.tidegate.duckdb.sql.Definition.CreateTable;
import dev.tidegate.duckdb.sql.Definition.CreateView;
import dev.tidegate.duckdb.sql.Definition.Drop;
import dev.tidegate.duckdb.sql.Definition.IndexColumn;
import dev.tidegate.duckdb.sql.Definition.Kind;
import dev.tidegate.duckdb.sql.Definition.Truncate;
import dev.tidegate.duckdb.sql.Definition.Unsupported;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes apart CREATE, DROP, ALTER and TRUNCATE. It comes in two steps, because most such statements are DuckDB's own and none of
 * the engine's business: {@link #head} says what a statement is about, {@link #read} all of it.
 */
public final class DefinitionReader {
    /** What a definition is about. */
    public record Head(Kind kind, QualifiedName target) {}

    private static final List<String> UNSUPPORTED = List.of("SEQUENCE", "MACRO", "FUNCTION", "TYPE", "TRIGGER");

    private final SqlStatement statement;
    private final TokenReader tokens;

    private DefinitionReader(SqlStatement statement) {
        this.statement = statement;
        this.tokens = new TokenReader(statement);
    }

    /** @return empty if it is no definition, or one of a temporary object, or gives a table the rows of a query */
    public static Optional<Head> head(SqlStatement statement) {
        try {
            return new DefinitionReader(statement).head();
        } catch (SQLSyntaxErrorException e) {
            // It is DuckDB's to say what is wrong: without a name it cannot be for anybody else.
            return Optional.empty();
        }
    }

    /**
     * The whole of a statement that has a {@link #head}.
     *
     * @throws SQLException if it is not written as it should be, or asks for what an attached database cannot do
     */
    public static Definition read(SqlStatement statement) throws SQLException {
        DefinitionReader reader = new DefinitionReader(statement);
        Definition definition = reader.read();
        reader.tokens.expectEnd();
        return definition;
    }

    private Optional<Head> head() throws SQLSyntaxErrorException {
        if (tokens.accept("CREATE")) {
            return createdHead();
        }
        if (tokens.accept("TRUNCATE")) {
            tokens.accept("TABLE");
            return Optional.of(new Head(Kind.TABLE, target()));
        }
        if (tokens.accept("ALTER")) {
            Kind kind = tokens.accept("TABLE") ? Kind.TABLE : tokens.accept("VIEW") ? Kind.VIEW : null;
            tokens.accept("IF", "EXISTS");
            return kind == null ? Optional.empty() : Optional.of(new Head(kind, target()));
        }
        if (tokens.accept("DROP")) {
            Kind kind = kind();
            tokens.accept("IF", "EXISTS");
            return kind == null ? Optional.empty() : Optional.of(new Head(kind, target()));
        }
        if (tokens.accept("COMMENT", "ON")) {
            return tokens.accept("TABLE") || tokens.accept("VIEW")
                    ? Optional.of(new Head(Kind.TABLE, target()))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<Head> createdHead() throws SQLSyntaxErrorException {
        tokens.accept("OR", "REPLACE");
        tokens.accept("PERSISTENT");
        for (String word : UNSUPPORTED) {
            if (tokens.accept(word)) {
                tokens.accept("IF", "NOT", "EXISTS");
                return Optional.of(new Head(Kind.TABLE, target()));
            }
        }
        tokens.accept("UNIQUE");
        tokens.accept("RECURSIVE");
        Kind kind = kind();
        tokens.accept("IF", "NOT", "EXISTS");
        if (kind == null || !tokens.nextIsName()) {
            return Optional.empty();
        }
        if (kind == Kind.INDEX) {
            tokens.name("an index");
            return tokens.accept("ON") ? Optional.of(new Head(kind, target())) : Optional.empty();
        }
        QualifiedName target = target();
        boolean ofQuery = kind == Kind.TABLE && tokens.skipTo("AS");
        return ofQuery ? Optional.empty() : Optional.of(new Head(kind, target));
    }

    private Kind kind() {
        for (Kind kind : Kind.values()) {
            if (tokens.accept(kind.name())) {
                return kind;
            }
        }
        return null;
    }

    private QualifiedName target() throws SQLSyntaxErrorException {
        return tokens.qualifiedName("a name");
    }

    private Definition read() throws SQLException {
        if (tokens.accept("CREATE")) {
            return created();
        }
        if (tokens.accept("TRUNCATE")) {
            tokens.accept("TABLE");
            return new Truncate(target());
        }
        if (tokens.accept("ALTER")) {
            Kind kind = kind();
            boolean ifExists = tokens.accept("IF", "EXISTS");
            QualifiedName target = target();
            return new Alter(target, kind, ifExists, new AlterationReader(tokens, kind).read());
        }
        if (tokens.accept("COMMENT", "ON")) {
            tokens.take();
            return unsupported("COMMENT ON");
        }
        tokens.accept("DROP");
        Kind kind = kind();
        boolean ifExists = tokens.accept("IF", "EXISTS");
        QualifiedName target = target();
        if (tokens.nextIsPunctuation(',')) {
            throw new SQLFeatureNotSupportedException("DROP takes one name at a time", "0A000");
        }
        refuseCascade(tokens);
        return new Drop(target, kind, ifExists);
    }

    static void refuseCascade(TokenReader tokens) throws SQLFeatureNotSupportedException {
        if (tokens.accept("CASCADE")) {
            throw new SQLFeatureNotSupportedException(
                    "CASCADE: SQL Server drops nothing along with something else; drop by itself what depends on it",
                    "0A000");
        }
        tokens.accept("RESTRICT");
    }

    private Unsupported unsupported(String what) throws SQLSyntaxErrorException {
        Unsupported unsupported = new Unsupported(target(), what);
        while (!tokens.atEnd()) {
            tokens.take();
        }
        return unsupported;
    }

    private Definition created() throws SQLException {
        boolean orReplace = tokens.accept("OR", "REPLACE");
        tokens.accept("PERSISTENT");
        for (String word : UNSUPPORTED) {
            if (tokens.accept(word)) {
                tokens.accept("IF", "NOT", "EXISTS");
                return unsupported("CREATE " + word);
            }
        }
        boolean unique = tokens.accept("UNIQUE");
        boolean recursive = tokens.accept("RECURSIVE");
        Kind kind = kind();
        boolean ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
        switch (kind) {
            case TABLE:
                return table(orReplace, ifNotExists);
            case VIEW:
                if (recursive) {
                    throw new SQLFeatureNotSupportedException("CREATE RECURSIVE VIEW is not translated", "0A000");
                }
                return view(orReplace, ifNotExists);
            case SCHEMA:
                if (orReplace) {
                    throw new SQLFeatureNotSupportedException(
                            "CREATE OR REPLACE SCHEMA: SQL Server drops no schema that has something in it", "0A000");
                }
                return new CreateSchema(target(), ifNotExists);
            default:
                return index(unique, ifNotExists);
        }
    }

    private CreateTable table(boolean orReplace, boolean ifNotExists) throws SQLException {
        QualifiedName target = target();
        ColumnReader reader = new ColumnReader(tokens);
        List<ColumnDefinition> columns = new ArrayList<>();
        List<TableConstraint> constraints = new ArrayList<>();
        tokens.expect('(');
        do {
            if (reader.atConstraint()) {
                constraints.add(reader.constraint());
            } else {
                columns.add(reader.column());
            }
        } while (tokens.accept(','));
        tokens.expect(')');
        Map<String, List<String>> options =
                tokens.accept("WITH") ? new OptionList(tokens, "CREATE TABLE").read() : Map.of();
        return new CreateTable(target, orReplace, ifNotExists, columns, constraints, options);
    }

    private CreateView view(boolean orReplace, boolean ifNotExists) throws SQLException {
        QualifiedName target = target();
        List<String> columns = tokens.nextIsPunctuation('(') ? new ColumnReader(tokens).names() : List.of();
        if (!tokens.accept("AS")) {
            throw tokens.error("AS");
        }
        String query = tokens.text(tokens.position(), statement.text().length());
        while (!tokens.atEnd()) {
            tokens.take();
        }
        return new CreateView(target, orReplace, ifNotExists, columns, query);
    }

    private CreateIndex index(boolean unique, boolean ifNotExists) throws SQLException {
        String index = tokens.name("an index");
        if (!tokens.accept("ON")) {
            throw tokens.error("ON");
        }
        QualifiedName target = target();
        if (tokens.accept("USING")) {
            String method = tokens.name("a kind of index");
            if (!method.equalsIgnoreCase("ART")) {
                throw new SQLFeatureNotSupportedException(
                        "CREATE INDEX " + index + ": SQL Server has no index of kind " + method, "0A000");
            }
        }
        List<IndexColumn> columns = new ArrayList<>();
        tokens.expect('(');
        do {
            columns.add(indexColumn(index));
        } while (tokens.accept(','));
        tokens.expect(')');
        return new CreateIndex(target, index, unique, ifNotExists, columns);
    }

    private IndexColumn indexColumn(String index) throws SQLException {
        boolean inParentheses = tokens.accept('(');
        String column = tokens.nextIsName() ? tokens.take().name() : null;
        if (inParentheses) {
            tokens.expect(')');
        }
        boolean descending = tokens.accept("DESC");
        if (!descending) {
            tokens.accept("ASC");
        }
        if (column == null || !tokens.nextIsPunctuation(',') && !tokens.nextIsPunctuation(')')) {
            throw new SQLFeatureNotSupportedException(
                    "CREATE INDEX " + index + ": only columns can be indexed, no expressions; make a generated column"
                            + " of it",
                    "0A000");
        }
        return new IndexColumn(column, descending);
    }
}
