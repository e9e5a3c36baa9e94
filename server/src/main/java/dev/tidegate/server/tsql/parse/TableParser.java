package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.ast.TableElement;
import dev.tidegate.server.tsql.type.CollationRule;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses what stands between the parentheses of CREATE TABLE. */
final class TableParser {
    private final TokenCursor cursor;
    private final TypeParser types;
    private final ExpressionParser expressions;

    TableParser(TokenCursor cursor, TypeParser types, ExpressionParser expressions) {
        this.cursor = cursor;
        this.types = types;
        this.expressions = expressions;
    }

    List<TableElement> elements() throws SqlServerException {
        cursor.expectOperator("(");
        List<TableElement> elements = new ArrayList<>();
        do {
            if (cursor.atOperator(")")) {
                break;
            }
            elements.add(element(elements));
        } while (cursor.acceptOperator(",") || cursor.atAny("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK"));
        cursor.expectOperator(")");
        return elements;
    }

    /** @param before those that stand before it */
    TableElement element(List<TableElement> before) throws SqlServerException {
        if (cursor.atAny("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "DEFAULT")) {
            return constraint(null);
        }
        if (cursor.at("INDEX") && cursor.peek(1).kind() != TokenKind.OPERATOR) {
            return index();
        }
        if (cursor.at("PERIOD", "FOR")) {
            throw TokenCursor.unsupported("PERIOD FOR SYSTEM_TIME");
        }
        int place = 1 + (int) before.stream().filter(TableElement.Column.class::isInstance).count();
        return column(place);
    }

    private TableElement index() throws SqlServerException {
        cursor.expect("INDEX");
        String name = cursor.identifier();
        boolean unique = cursor.accept("UNIQUE");
        clustered();
        List<Statement.IndexColumn> columns = indexColumns();
        if (cursor.accept("INCLUDE")) {
            cursor.identifierList();
        }
        indexOptions();
        return new TableElement.Index(name, unique, columns);
    }

    private TableElement.Column column(int place) throws SqlServerException {
        String name = cursor.identifier();
        if (cursor.accept("AS")) {
            return computed(name);
        }
        SqlType type = cursor.atIdentifier() || cursor.atAny("NATIONAL", "DOUBLE") ? types.declared(place) : null;
        if (type == null) {
            throw cursor.unexpected();
        }
        Boolean nullable = null;
        TableElement.Identity identity = null;
        TableElement.Default defaultValue = null;
        List<TableElement> constraints = new ArrayList<>();
        while (true) {
            if (cursor.accept("NOT", "NULL")) {
                nullable = false;
            } else if (cursor.accept("NULL")) {
                nullable = true;
            } else if (cursor.accept("IDENTITY")) {
                identity = identity();
            } else if (cursor.accept("COLLATE")) {
                CollationRule.checkColumn(cursor.next().text());
            } else if (cursor.accept("NOT", "FOR", "REPLICATION")
                    || cursor.atAny("ROWGUIDCOL", "SPARSE", "PERSISTED")) {
                if (cursor.atAny("ROWGUIDCOL", "SPARSE", "PERSISTED")) {
                    cursor.next();
                }
            } else if (cursor.atAny("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "REFERENCES", "CHECK", "DEFAULT")) {
                TableElement constraint = constraint(name);
                if (constraint instanceof TableElement.Default value) {
                    defaultValue = value;
                } else {
                    constraints.add(constraint);
                }
            } else if (cursor.accept("INDEX")) {
                String index = cursor.identifier();
                boolean unique = cursor.accept("UNIQUE");
                clustered();
                indexOptions();
                constraints.add(new TableElement.Index(
                        index, unique, List.of(new Statement.IndexColumn(name, false))));
            } else if (cursor.atAny("GENERATED", "ENCRYPTED", "MASKED", "HIDDEN")) {
                throw TokenCursor.unsupported(cursor.peek().text().toUpperCase(Locale.ROOT));
            } else {
                return new TableElement.Column(name, type, nullable, identity, defaultValue, null, constraints);
            }
        }
    }

    private TableElement.Column computed(String name) throws SqlServerException {
        int start = cursor.position();
        Expression expression = expressions.expression();
        String text = cursor.text(start, cursor.position());
        boolean persisted = cursor.accept("PERSISTED");
        Boolean nullable = cursor.accept("NOT", "NULL") ? Boolean.FALSE : null;
        TableElement.Computed computed = new TableElement.Computed(expression, text, persisted);
        return new TableElement.Column(name, null, nullable, null, null, computed, List.of());
    }

    private TableElement.Identity identity() throws SqlServerException {
        long seed = 1;
        long increment = 1;
        if (cursor.acceptOperator("(")) {
            seed = cursor.integer();
            cursor.expectOperator(",");
            increment = cursor.integer();
            cursor.expectOperator(")");
        }
        cursor.accept("NOT", "FOR", "REPLICATION");
        return new TableElement.Identity(seed, increment);
    }

    /** @param column the column that is being declared, or null for a constraint of the table */
    private TableElement constraint(String column) throws SqlServerException {
        String name = cursor.accept("CONSTRAINT") ? cursor.identifier() : null;
        List<String> own = column == null ? List.of() : List.of(column);
        if (cursor.accept("PRIMARY", "KEY")) {
            clustered();
            List<String> columns = cursor.atOperator("(") ? keyColumns() : own;
            indexOptions();
            return new TableElement.Key(name, true, columns);
        }
        if (cursor.accept("UNIQUE")) {
            clustered();
            List<String> columns = cursor.atOperator("(") ? keyColumns() : own;
            indexOptions();
            return new TableElement.Key(name, false, columns);
        }
        if (cursor.accept("DEFAULT")) {
            return defaultValue(name);
        }
        if (cursor.accept("CHECK")) {
            cursor.accept("NOT", "FOR", "REPLICATION");
            cursor.expectOperator("(");
            int start = cursor.position();
            Expression condition = expressions.expression();
            String text = cursor.text(start, cursor.position());
            cursor.expectOperator(")");
            return new TableElement.Check(name, condition, text);
        }
        List<String> columns = own;
        if (cursor.accept("FOREIGN", "KEY") && cursor.atOperator("(")) {
            columns = cursor.identifierList();
        }
        return references(name, columns);
    }

    private TableElement defaultValue(String name) throws SqlServerException {
        int start = cursor.position();
        Expression value = expressions.expression();
        String text = cursor.text(start, cursor.position());
        String column = cursor.accept("FOR") ? cursor.identifier() : null;
        cursor.accept("WITH", "VALUES");
        return new TableElement.Default(name, value, text, column);
    }

    private TableElement references(String name, List<String> columns) throws SqlServerException {
        cursor.expect("REFERENCES");
        ObjectName referenced = cursor.objectName();
        List<String> referencedColumns = cursor.atOperator("(") ? cursor.identifierList() : List.of();
        String onDelete = "NO ACTION";
        String onUpdate = "NO ACTION";
        while (cursor.accept("ON")) {
            boolean delete = cursor.accept("DELETE");
            if (!delete) {
                cursor.expect("UPDATE");
            }
            String action = action();
            onDelete = delete ? action : onDelete;
            onUpdate = delete ? onUpdate : action;
        }
        cursor.accept("NOT", "FOR", "REPLICATION");
        return new TableElement.ForeignKey(name, columns, referenced, referencedColumns, onDelete, onUpdate);
    }

    private String action() throws SqlServerException {
        if (cursor.accept("CASCADE")) {
            return "CASCADE";
        }
        if (cursor.accept("SET")) {
            if (cursor.accept("NULL")) {
                return "SET NULL";
            }
            cursor.expect("DEFAULT");
            return "SET DEFAULT";
        }
        cursor.expect("NO", "ACTION");
        return "NO ACTION";
    }

    void clustered() {
        if (!cursor.accept("CLUSTERED")) {
            cursor.accept("NONCLUSTERED");
        }
    }

    /** The columns of a key; their order does not matter to H2. */
    List<String> keyColumns() throws SqlServerException {
        return indexColumns().stream().map(Statement.IndexColumn::name).toList();
    }

    List<Statement.IndexColumn> indexColumns() throws SqlServerException {
        cursor.expectOperator("(");
        List<Statement.IndexColumn> columns = new ArrayList<>();
        do {
            String name = cursor.identifier();
            boolean descending = !cursor.accept("ASC") && cursor.accept("DESC");
            columns.add(new Statement.IndexColumn(name, descending));
        } while (cursor.acceptOperator(","));
        cursor.expectOperator(")");
        return columns;
    }

    /** WITH (…), ON filegroup: they have no meaning here. */
    void indexOptions() throws SqlServerException {
        if (cursor.at("WITH") && cursor.peek(1).isOperator("(")) {
            cursor.next();
            cursor.skipParentheses();
        } else if (cursor.at("WITH", "FILLFACTOR")) {
            cursor.expect("WITH", "FILLFACTOR");
            cursor.expectOperator("=");
            cursor.integer();
        }
        storage();
    }

    void storage() throws SqlServerException {
        while (cursor.at("ON") && TokenCursor.isIdentifier(cursor.peek(1)) || cursor.at("TEXTIMAGE_ON")) {
            cursor.next();
            cursor.identifier();
            if (cursor.atOperator("(")) {
                cursor.skipParentheses();
            }
        }
    }
}
