package dev.tidegate.duckdb.sql;

import dev.tidegate.duckdb.sql.Definition.Alteration;
import dev.tidegate.duckdb.sql.Definition.Alteration.AddColumn;
import dev.tidegate.duckdb.sql.Definition.Alteration.AddConstraint;
import dev.tidegate.duckdb.sql.Definition.Alteration.DropColumn;
import dev.tidegate.duckdb.sql.Definition.Alteration.DropConstraint;
import dev.tidegate.duckdb.sql.Definition.Alteration.RenameColumn;
import dev.tidegate.duckdb.sql.Definition.Alteration.RenameTo;
import dev.tidegate.duckdb.sql.Definition.Alteration.SetDefault;
import dev.tidegate.duckdb.sql.Definition.Alteration.SetNotNull;
import dev.tidegate.duckdb.sql.Definition.Alteration.SetType;
import dev.tidegate.duckdb.sql.Definition.Kind;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** Reads what stands behind the name in {@code ALTER TABLE t …} and {@code ALTER VIEW v …}. */
final class AlterationReader {
    private final TokenReader tokens;
    private final Kind kind;

    AlterationReader(TokenReader tokens, Kind kind) {
        this.tokens = tokens;
        this.kind = kind;
    }

    Alteration read() throws SQLException {
        if (tokens.accept("RENAME", "TO")) {
            return new RenameTo(tokens.name("a name"));
        }
        if (kind == Kind.VIEW) {
            throw tokens.error("RENAME TO");
        }
        if (tokens.accept("RENAME")) {
            tokens.accept("COLUMN");
            String column = tokens.name("a column");
            if (!tokens.accept("TO")) {
                throw tokens.error("TO");
            }
            return new RenameColumn(column, tokens.name("a name"));
        }
        if (tokens.accept("ADD")) {
            return added();
        }
        if (tokens.accept("DROP")) {
            return dropped();
        }
        if (tokens.accept("ALTER")) {
            tokens.accept("COLUMN");
            return altered(tokens.name("a column"));
        }
        throw tokens.error("ADD, DROP, ALTER or RENAME");
    }

    private Alteration added() throws SQLException {
        ColumnReader reader = new ColumnReader(tokens);
        if (reader.atConstraint()) {
            return new AddConstraint(reader.constraint());
        }
        tokens.accept("COLUMN");
        boolean ifNotExists = tokens.accept("IF", "NOT", "EXISTS");
        return new AddColumn(reader.column(), ifNotExists);
    }

    private Alteration dropped() throws SQLException {
        boolean isConstraint = tokens.accept("CONSTRAINT");
        if (!isConstraint) {
            tokens.accept("COLUMN");
        }
        boolean ifExists = tokens.accept("IF", "EXISTS");
        String name = tokens.name(isConstraint ? "a constraint" : "a column");
        DefinitionReader.refuseCascade(tokens);
        return isConstraint ? new DropConstraint(name, ifExists) : new DropColumn(name, ifExists);
    }

    private Alteration altered(String column) throws SQLException {
        if (tokens.accept("SET", "NOT", "NULL")) {
            return new SetNotNull(column, true);
        }
        if (tokens.accept("DROP", "NOT", "NULL")) {
            return new SetNotNull(column, false);
        }
        if (tokens.accept("DROP", "DEFAULT")) {
            return new SetDefault(column, null);
        }
        if (tokens.accept("SET", "DEFAULT")) {
            int from = tokens.position();
            int to = from;
            while (!tokens.atEnd()) {
                to = tokens.take().end();
            }
            if (to == from) {
                throw tokens.error("a value");
            }
            return new SetDefault(column, tokens.text(from, to));
        }
        if (tokens.accept("TYPE") || tokens.accept("SET", "DATA", "TYPE") || tokens.accept("SET", "TYPE")) {
            String type = new ColumnReader(tokens).type();
            String collation = tokens.accept("COLLATE") ? tokens.name("a collation") : null;
            if (tokens.accept("USING")) {
                throw new SQLFeatureNotSupportedException(
                        "ALTER TYPE … USING is not translated; set the new values with UPDATE", "0A000");
            }
            return new SetType(column, type, collation);
        }
        throw tokens.error("TYPE, SET or DROP");
    }
}
