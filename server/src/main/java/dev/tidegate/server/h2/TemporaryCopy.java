package dev.tidegate.server.h2;

import dev.tidegate.server.tsql.translate.IndexName;
import dev.tidegate.server.tsql.translate.SqlText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.constraint.Constraint;
import org.h2.engine.DbObject;
import org.h2.index.Index;
import org.h2.table.Table;
import org.h2.util.HasSQL;

/**
 * Makes a temporary table with other columns that takes the place of one: H2 cannot change the columns of a temporary table, nor its
 * name. The old one is hidden until the transaction ends, so the names that are the session's in H2 have to be new ones.
 */
final class TemporaryCopy {
    private final CatalogChanges catalog;
    private final TemporaryNames names;
    private final Table table;
    private final TableCopy.Shape shape;

    TemporaryCopy(CatalogChanges catalog, TemporaryNames names, Table table, TableCopy.Shape shape) {
        this.catalog = catalog;
        this.names = names;
        this.table = table;
        this.shape = shape;
    }

    /** @param name that T-SQL knows */
    void replace(String name) throws SQLException {
        String old = table.getSQL(HasSQL.DEFAULT_SQL_FLAGS);
        List<DbObject> parts = new ArrayList<>(table.getChildren());
        catalog.dropTemporary(name, table);
        String fresh = names.forNew(name);
        String target = SqlText.quote(fresh);
        Table copy = catalog.createTable(shape.createTemporary(target), table.getSchema(), fresh);
        for (DbObject part : parts) {
            if (part instanceof Constraint constraint && isKey(constraint)) {
                String start = "ALTER TABLE " + old + " ADD CONSTRAINT " + constraint.getSQL(HasSQL.DEFAULT_SQL_FLAGS);
                String sql = constraint.getCreateSQLWithoutIndexes();
                if (!sql.startsWith(start)) {
                    throw new IllegalStateException("a constraint of " + name + " cannot be read: " + sql);
                }
                catalog.execute("ALTER TABLE " + target + " ADD CONSTRAINT " + freshName(part) + sql.substring(start.length()));
            }
        }
        String columns = shape.columns(table);
        catalog.execute("INSERT INTO " + target + " (" + columns + ") OVERRIDING SYSTEM VALUE SELECT " + columns + " FROM "
                + old);
        for (DbObject part : parts) {
            if (part instanceof Constraint constraint && !isKey(constraint)) {
                catalog.execute(constraint.getCreateSQLForCopy(copy, freshName(part)));
            } else if (part instanceof Index index
                    && index.getCreateSQL() != null
                    && !index.getIndexType().getBelongsToConstraint()) {
                catalog.execute(index.getCreateSQLForCopy(copy, freshName(part)));
            }
        }
    }

    private static boolean isKey(Constraint constraint) {
        return constraint.getConstraintType() == Constraint.Type.PRIMARY_KEY
                || constraint.getConstraintType() == Constraint.Type.UNIQUE;
    }

    private static String freshName(DbObject part) {
        return SqlText.quote(IndexName.inH2(IndexName.shown(part.getName())));
    }
}
