package dev.tidegate.server.h2;

import dev.tidegate.server.tsql.translate.SqlText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintReferential;
import org.h2.engine.DbObject;
import org.h2.index.Index;
import org.h2.schema.Schema;
import org.h2.schema.SchemaObject;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.table.TableView;
import org.h2.util.HasSQL;

/**
 * Makes a table of the same definition that takes the place of another: with its name, its indexes and constraints, the foreign keys
 * that lead to it, and the views on it. The other one is dropped. What it was is written down before, because names tell it.
 */
final class TableCopy {
    /** Which rows the copy has. */
    enum Rows {
        NONE,
        ALL
    }

    private final CatalogChanges catalog;
    private final Table table;
    private final String name;
    private final Shape shape;
    private final List<String> keys = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final List<ConstraintReferential> references = new ArrayList<>();
    private final List<String> views = new ArrayList<>();

    /** The columns of the copy. */
    record Shape(List<String> definitions, Set<String> filled) {
        static Shape of(Table table) {
            List<String> definitions = new ArrayList<>();
            Set<String> filled = new HashSet<>();
            for (Column column : table.getColumns()) {
                definitions.add(column.getCreateSQL());
                if (!column.isGenerated()) {
                    filled.add(column.getName());
                }
            }
            return new Shape(definitions, filled);
        }

        String create(String name, String comment) {
            return "CREATE TABLE " + name + (comment == null ? "" : " COMMENT " + SqlText.string(comment)) + " ("
                    + String.join(", ", definitions) + ")";
        }

        String createTemporary(String name) {
            return "CREATE LOCAL TEMPORARY TABLE " + name + " (" + String.join(", ", definitions) + ") TRANSACTIONAL";
        }

        /** The columns that both have and that are not computed. */
        String columns(Table from) {
            List<String> names = new ArrayList<>();
            for (Column column : from.getColumns()) {
                if (filled.contains(column.getName())) {
                    names.add(column.getSQL(HasSQL.DEFAULT_SQL_FLAGS));
                }
            }
            return String.join(", ", names);
        }
    }

    TableCopy(CatalogChanges catalog, Table table) {
        this(catalog, table, Shape.of(table));
    }

    TableCopy(CatalogChanges catalog, Table table, Shape shape) {
        this.catalog = catalog;
        this.table = table;
        this.shape = shape;
        this.name = table.getSQL(HasSQL.DEFAULT_SQL_FLAGS);
        for (DbObject child : table.getChildren()) {
            if (child instanceof TableView view) {
                views.add(view.getCreateSQL(true, true));
            } else if (child instanceof ConstraintReferential key && key.getTable() != table) {
                references.add(key);
            } else if (child instanceof Constraint constraint) {
                boolean key = constraint.getConstraintType() == Constraint.Type.PRIMARY_KEY
                        || constraint.getConstraintType() == Constraint.Type.UNIQUE;
                (key ? keys : others).add(constraint.getCreateSQLWithoutIndexes());
            } else if (child instanceof Index index
                    && index.getCreateSQL() != null
                    && !index.getIndexType().getBelongsToConstraint()) {
                others.add(index.getCreateSQL());
            }
        }
    }

    void replace(Rows rows) throws SQLException {
        Schema schema = table.getSchema();
        String unquoted = table.getName();
        // the last step back, when the table has its name again
        catalog.onUndo(views);
        List<String> references = new ArrayList<>();
        for (ConstraintReferential key : this.references) {
            references.add(key.getCreateSQLWithoutIndexes());
            catalog.dropReference(key);
        }
        catalog.dropTable(table);
        String hidden = table.getSQL(HasSQL.DEFAULT_SQL_FLAGS);
        catalog.createTable(shape.create(name, table.getComment()), schema, unquoted);
        executeAll(keys);
        if (rows == Rows.ALL) {
            String columns = shape.columns(table);
            catalog.execute("INSERT INTO " + name + " (" + columns + ") OVERRIDING SYSTEM VALUE SELECT " + columns
                    + " FROM " + hidden);
        }
        executeAll(others);
        for (int i = 0; i < references.size(); i++) {
            ConstraintReferential old = this.references.get(i);
            catalog.create(references.get(i), () -> newest(old.getTable()));
        }
        executeAll(views);
    }

    private void executeAll(List<String> statements) throws SQLException {
        for (String sql : statements) {
            catalog.execute(sql);
        }
    }

    private static SchemaObject newest(Table of) {
        Constraint newest = null;
        for (Constraint constraint : of.getConstraints()) {
            newest = constraint;
        }
        return newest;
    }
}
