package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.ast.TableElement;
import dev.tidegate.server.tsql.type.CollationRule;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses CREATE, ALTER, DROP and TRUNCATE. */
final class DdlParser {
    private final TokenCursor cursor;
    private final TypeParser types;
    private final QueryParser queries;
    private final TableParser tables;

    DdlParser(TokenCursor cursor, TypeParser types, QueryParser queries) {
        this.cursor = cursor;
        this.types = types;
        this.queries = queries;
        this.tables = new TableParser(cursor, types, queries.expressions());
    }

    TableParser tables() {
        return tables;
    }

    /** The cursor stands on CREATE. */
    Statement create() throws SqlServerException {
        int line = cursor.line();
        int start = cursor.position();
        cursor.expect("CREATE");
        if (cursor.accept("TABLE")) {
            ObjectName name = cursor.objectName();
            List<TableElement> elements = tables.elements();
            tables.indexOptions();
            return new Statement.CreateTable(line, name, elements);
        }
        if (cursor.atAny("UNIQUE", "CLUSTERED", "NONCLUSTERED", "INDEX")) {
            return index(line);
        }
        if (cursor.accept("SCHEMA")) {
            return schema(line);
        }
        if (cursor.accept("SEQUENCE")) {
            return sequence(line);
        }
        boolean orAlter = cursor.accept("OR", "ALTER");
        if (cursor.accept("VIEW")) {
            return view(line, start, orAlter, false);
        }
        throw TokenCursor.unsupported("CREATE " + cursor.peek().text().toUpperCase(Locale.ROOT));
    }

    private Statement view(int line, int start, boolean orAlter, boolean alter) throws SqlServerException {
        ObjectName name = cursor.objectName();
        List<String> columns = cursor.atOperator("(") ? cursor.identifierList() : List.of();
        if (cursor.accept("WITH")) {
            do {
                cursor.identifier();
            } while (cursor.acceptOperator(","));
        }
        cursor.expect("AS");
        Query query = queries.query();
        cursor.accept("WITH", "CHECK", "OPTION");
        String text = cursor.text(start, cursor.position());
        return new Statement.CreateView(line, name, columns, query, text, orAlter, alter);
    }

    private Statement index(int line) throws SqlServerException {
        boolean unique = cursor.accept("UNIQUE");
        tables.clustered();
        if (cursor.at("COLUMNSTORE")) {
            throw TokenCursor.unsupported("COLUMNSTORE");
        }
        cursor.expect("INDEX");
        String name = cursor.identifier();
        cursor.expect("ON");
        ObjectName table = cursor.objectName();
        List<Statement.IndexColumn> columns = tables.indexColumns();
        if (cursor.accept("INCLUDE")) {
            cursor.identifierList();
        }
        Expression filter = cursor.accept("WHERE") ? queries.expressions().expression() : null;
        tables.indexOptions();
        return new Statement.CreateIndex(line, name, unique, table, columns, filter);
    }

    private Statement schema(int line) throws SqlServerException {
        String name = cursor.at("AUTHORIZATION") ? "" : cursor.identifier();
        if (cursor.accept("AUTHORIZATION")) {
            String owner = cursor.identifier();
            name = name.isEmpty() ? owner : name;
        }
        return new Statement.CreateSchema(line, name);
    }

    private Statement sequence(int line) throws SqlServerException {
        ObjectName name = cursor.objectName();
        SqlType type = cursor.accept("AS") ? types.declared(1) : SqlType.BIGINT;
        Long start = null;
        Long increment = null;
        Long minimum = null;
        Long maximum = null;
        boolean cycles = false;
        while (true) {
            if (cursor.accept("START", "WITH")) {
                start = cursor.integer();
            } else if (cursor.accept("INCREMENT", "BY")) {
                increment = cursor.integer();
            } else if (cursor.accept("MINVALUE")) {
                minimum = cursor.integer();
            } else if (cursor.accept("MAXVALUE")) {
                maximum = cursor.integer();
            } else if (cursor.accept("CYCLE")) {
                cycles = true;
            } else if (cursor.accept("CACHE")) {
                if (cursor.peek().kind() == TokenKind.INTEGER) {
                    cursor.integer();
                }
            } else if (!acceptNo()) {
                return new Statement.CreateSequence(line, name, type, start, increment, minimum, maximum, cycles);
            }
        }
    }

    private boolean acceptNo() {
        return cursor.accept("NO", "CYCLE")
                || cursor.accept("NO", "CACHE")
                || cursor.accept("NO", "MINVALUE")
                || cursor.accept("NO", "MAXVALUE");
    }

    /** The cursor stands on ALTER. */
    Statement alter() throws SqlServerException {
        int line = cursor.line();
        int start = cursor.position();
        cursor.expect("ALTER");
        if (cursor.accept("VIEW")) {
            return view(line, start, false, true);
        }
        if (cursor.at("DATABASE") || cursor.at("INDEX")) {
            return ignored(line);
        }
        if (!cursor.accept("TABLE")) {
            throw TokenCursor.unsupported("ALTER " + cursor.peek().text().toUpperCase(Locale.ROOT));
        }
        return new Statement.AlterTable(line, cursor.objectName(), action());
    }

    /** ALTER DATABASE … SET and ALTER INDEX … REBUILD: settings that have no meaning here. */
    private Statement ignored(int line) throws SqlServerException {
        boolean database = cursor.next().isWord("DATABASE");
        if (database || !cursor.accept("ALL")) {
            cursor.objectName();
        }
        if (database) {
            cursor.expect("SET");
            while (!cursor.atEnd() && !cursor.atOperator(";")) {
                cursor.next();
            }
        } else {
            cursor.expect("ON");
            cursor.objectName();
            if (!cursor.accept("REBUILD") && !cursor.accept("REORGANIZE")) {
                throw TokenCursor.unsupported(
                        "ALTER INDEX " + cursor.peek().text().toUpperCase(Locale.ROOT));
            }
            tables.indexOptions();
        }
        return new Statement.Nothing(line);
    }

    private Statement.AlterAction action() throws SqlServerException {
        if (cursor.accept("ALTER", "COLUMN")) {
            String column = cursor.identifier();
            SqlType type = types.declared(1);
            if (cursor.accept("COLLATE")) {
                CollationRule.checkColumn(cursor.next().text());
            }
            Boolean nullable =
                    cursor.accept("NOT", "NULL") ? Boolean.FALSE : cursor.accept("NULL") ? Boolean.TRUE : null;
            return new Statement.AlterColumn(column, type, nullable);
        }
        if (cursor.accept("DROP")) {
            return drop();
        }
        boolean with = cursor.accept("WITH", "CHECK") || cursor.accept("WITH", "NOCHECK");
        if (cursor.accept("ADD")) {
            return add();
        }
        if (cursor.atAny("CHECK", "NOCHECK")) {
            boolean check = cursor.next().isWord("CHECK");
            cursor.expect("CONSTRAINT");
            List<String> names = new ArrayList<>();
            if (cursor.accept("ALL")) {
                return new Statement.CheckConstraints(check, names);
            }
            do {
                names.add(cursor.identifier());
            } while (cursor.acceptOperator(","));
            return new Statement.CheckConstraints(check, names);
        }
        if (with) {
            throw cursor.unexpected();
        }
        throw TokenCursor.unsupported("ALTER TABLE " + cursor.peek().text().toUpperCase(Locale.ROOT));
    }

    private Statement.AlterAction add() throws SqlServerException {
        cursor.accept("COLUMN");
        List<TableElement> elements = new ArrayList<>();
        do {
            elements.add(tables.element(elements));
        } while (cursor.acceptOperator(","));
        return new Statement.Add(elements);
    }

    private Statement.AlterAction drop() throws SqlServerException {
        boolean column = cursor.accept("COLUMN");
        if (!column) {
            cursor.accept("CONSTRAINT");
        }
        boolean ifExists = cursor.accept("IF", "EXISTS");
        List<String> names = new ArrayList<>();
        do {
            if (names.isEmpty() || !(column && cursor.accept("COLUMN"))) {
                cursor.accept("CONSTRAINT");
            }
            names.add(cursor.identifier());
        } while (cursor.acceptOperator(","));
        return column ? new Statement.DropColumns(names, ifExists) : new Statement.DropConstraints(names, ifExists);
    }

    /** The cursor stands on DROP. */
    Statement dropObject() throws SqlServerException {
        int line = cursor.line();
        cursor.expect("DROP");
        Statement.ObjectKind kind = kind();
        boolean ifExists = cursor.accept("IF", "EXISTS");
        List<ObjectName> names = new ArrayList<>();
        do {
            ObjectName name = cursor.objectName();
            names.add(kind == Statement.ObjectKind.INDEX ? index(name) : name);
        } while (cursor.acceptOperator(","));
        return new Statement.Drop(line, kind, ifExists, names);
    }

    /** {@code ix ON t} is {@code t.ix}. */
    private ObjectName index(ObjectName name) throws SqlServerException {
        if (!cursor.accept("ON")) {
            if (name.parts().size() < 2) {
                throw KnownError.DROP_INDEX_NAME.exception();
            }
            return name;
        }
        List<String> parts = new ArrayList<>(cursor.objectName().parts());
        parts.add(name.name());
        return new ObjectName(parts);
    }

    private Statement.ObjectKind kind() throws SqlServerException {
        if (cursor.accept("PROC")) {
            return Statement.ObjectKind.PROCEDURE;
        }
        for (Statement.ObjectKind kind : Statement.ObjectKind.values()) {
            if (cursor.accept(kind.name())) {
                return kind;
            }
        }
        throw TokenCursor.unsupported("DROP " + cursor.peek().text().toUpperCase(Locale.ROOT));
    }

    /** The cursor stands on TRUNCATE. */
    Statement truncate() throws SqlServerException {
        int line = cursor.line();
        cursor.expect("TRUNCATE", "TABLE");
        return new Statement.Truncate(line, cursor.objectName());
    }
}
