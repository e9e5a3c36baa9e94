package dev.tidegate.server.h2;

import dev.tidegate.server.catalog.model.HiddenNames;
import dev.tidegate.server.tsql.translate.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.command.Prepared;
import org.h2.command.ddl.DefineCommand;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintReferential;
import org.h2.engine.Database;
import org.h2.engine.DbObject;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.message.DbException;
import org.h2.schema.Schema;
import org.h2.schema.SchemaObject;
import org.h2.schema.Sequence;
import org.h2.table.Column;
import org.h2.table.Table;
import org.h2.table.TableView;
import org.h2.util.HasSQL;

/**
 * Changes H2's catalog inside the session's own transaction, and notes the way back in its {@link CatalogLog}.
 *
 * <p>H2 commits around a statement that defines something, but not within: run directly, it leaves what it stores to the transaction.
 * What it removes is gone at once, though; so nothing is removed before the commit, only hidden under another name. Used by the
 * session's thread.
 */
final class CatalogChanges {
    private final SessionCore core;
    private final SessionLocal h2;
    private final CatalogLog log;

    CatalogChanges(SessionCore core) throws SQLException {
        this.core = core;
        this.h2 = core.h2();
        this.log = core.transactions.log();
    }

    /** Something done with H2's catalog, which is locked meanwhile. */
    @FunctionalInterface
    private interface Work {
        void with(Database database);
    }

    private void locked(Work work) throws SQLException {
        h2.lock();
        try {
            Database database = h2.getDatabase();
            database.lockMeta(h2);
            try {
                work.with(database);
            } finally {
                // others may define what does not concern this transaction; names are guarded by NameLocks
                database.unlockMeta(h2);
            }
        } catch (DbException e) {
            throw e.getSQLException();
        } finally {
            h2.unlock();
        }
    }

    /** Runs one statement without committing. The way back is the caller's. */
    void execute(String sql) throws SQLException {
        core.database.own().makeFor(sql);
        core.cancellation.stoppedBy(h2::cancel);
        try {
            LockPatience.run(core, () -> {
                executeNow(sql);
                return null;
            });
        } finally {
            core.cancellation.ended(h2);
        }
    }

    /** Without heed of a cancel, as the way back and what follows a commit have to be gone to their end. */
    private void executeNow(String sql) throws SQLException {
        h2.lock();
        Session before = h2.setThreadLocalSession();
        SessionLocal.Savepoint start = h2.setSavepoint();
        try {
            h2.startStatementWithinTransaction(null);
            try {
                Prepared prepared = h2.prepare(sql);
                if (prepared instanceof DefineCommand define) {
                    define.setTransactional(true);
                }
                prepared.update();
            } catch (DbException e) {
                h2.rollbackTo(start);
                throw e;
            } finally {
                h2.endStatement();
                h2.getDatabase().unlockMeta(h2);
            }
        } catch (DbException e) {
            throw e.addSQL(sql).getSQLException();
        } finally {
            h2.resetThreadLocalSession(before);
            h2.unlock();
        }
    }

    /** Runs a CREATE TABLE; nobody else may touch the table until the transaction ends. */
    Table createTable(String sql, Schema schema, String name) throws SQLException {
        execute(sql);
        Table created = schema.findTableOrView(h2, name);
        log.add(new CatalogLog.Step() {
            @Override
            public void undo() throws SQLException {
                // by name: H2 may have put another object in the place of this one
                remove(schema.findTableOrView(h2, name));
            }

            @Override
            public void committing() throws SQLException {
                Table table = schema.findTableOrView(h2, name);
                if (table != null && !table.isTemporary()) {
                    for (Sequence sequence : sequences(table)) {
                        store(sequence);
                    }
                }
            }
        });
        if (!created.isTemporary()) {
            locked(database -> created.lock(h2, Table.EXCLUSIVE_LOCK));
            countInMemory(created);
        }
        return created;
    }

    /** H2 would store how far identity columns have come where what is not committed is not there. */
    void countInMemory(Table table) {
        sequences(table).forEach(sequence -> sequence.setTemporary(true));
    }

    private void store(Sequence sequence) throws SQLException {
        sequence.setTemporary(false);
        locked(database -> sequence.flush(h2));
    }

    private static List<Sequence> sequences(Table table) {
        List<Sequence> sequences = new ArrayList<>();
        for (Column column : table.getColumns()) {
            if (column.getSequence() != null) {
                sequences.add(column.getSequence());
            }
        }
        return sequences;
    }

    /** Runs the CREATE of an index, a constraint, a view or a sequence. */
    void create(String sql, Found created) throws SQLException {
        execute(sql);
        SchemaObject object = created.find();
        String name = object.getName();
        boolean temporary = object instanceof Index index && index.getTable().isTemporary();
        if (object instanceof Sequence sequence) {
            sequence.setTemporary(true);
        }
        log.add(new CatalogLog.Step() {
            @Override
            public void undo() throws SQLException {
                // by name: H2 may have put another object in the place of this one
                remove(temporary ? object : find(object.getSchema(), object.getType(), name));
            }

            @Override
            public void committing() throws SQLException {
                if (object instanceof Sequence sequence) {
                    store(sequence);
                }
            }
        });
    }

    private SchemaObject find(Schema schema, int type, String name) {
        return switch (type) {
            case DbObject.INDEX -> schema.findIndex(h2, name);
            case DbObject.CONSTRAINT -> schema.findConstraint(h2, name);
            case DbObject.SEQUENCE -> schema.findSequence(name);
            default -> schema.findTableOrView(h2, name);
        };
    }

    /** Finds what a CREATE has made. */
    @FunctionalInterface
    interface Found {
        SchemaObject find();
    }

    private void remove(SchemaObject object) throws SQLException {
        locked(database -> {
            if (object instanceof Table table && !table.isView()) {
                // a view outlives the table that takes the place of another
                for (TableView view : new ArrayList<>(table.getDependentViews())) {
                    table.removeDependentView(view);
                }
            }
            database.removeSchemaObject(h2, object);
        });
    }

    void rename(SchemaObject object, String name) throws SQLException {
        String old = object.getName();
        locked(database -> database.renameSchemaObject(h2, object, name));
        log.add(() -> locked(database -> database.renameSchemaObject(h2, object, old)));
    }

    /** Runs a statement whose effect another statement takes back. */
    void execute(String sql, String inverse) throws SQLException {
        execute(sql);
        log.add(() -> executeNow(inverse));
    }

    /** Drops an object that has no parts, such as a sequence. */
    void drop(SchemaObject object, String sqlOfDrop) throws SQLException {
        String hidden = HiddenNames.next();
        rename(object, hidden);
        afterCommit(sqlOfDrop, object, "");
    }

    void dropSchema(Schema schema) throws SQLException {
        String old = schema.getName();
        String hidden = HiddenNames.next();
        locked(database -> database.renameDatabaseObject(h2, schema, hidden));
        log.add(() -> locked(database -> database.renameDatabaseObject(h2, schema, old)));
        afterCommit("DROP SCHEMA", schema, " CASCADE");
    }

    void createSchema(String sql, String name) throws SQLException {
        execute(sql);
        log.add(() -> locked(database -> database.removeDatabaseObject(h2, database.findSchema(name))));
    }

    /** Drops a table: until the commit it lives on where nobody finds it, and guards no foreign key. */
    void dropTable(Table table) throws SQLException {
        List<SchemaObject> parts = new ArrayList<>();
        for (DbObject child : table.getChildren()) {
            boolean own = child instanceof Constraint constraint
                    ? constraint.getTable() == table
                    : child instanceof Index && child.getCreateSQL() != null;
            if (own && child.getName() != null) {
                parts.add((SchemaObject) child);
            }
        }
        String hidden = HiddenNames.next();
        for (int i = 0; i < parts.size(); i++) {
            rename(parts.get(i), hidden + "~" + i);
        }
        rename(table, hidden);
        for (SchemaObject part : parts) {
            if (part instanceof ConstraintReferential key && key.getRefTable() != table) {
                suspend(key, key.getRefTable());
            }
        }
        afterCommit("DROP TABLE", table, " CASCADE");
    }

    /** Drops a temporary table: until the commit this session alone could see it, and does not. */
    void dropTemporary(String name, Table table) {
        TemporaryNames temporaries = core.tables.temporaries();
        temporaries.hide(table);
        log.add(new CatalogLog.Step() {
            @Override
            public void undo() {
                temporaries.show(name, table);
            }

            @Override
            public void committed() throws SQLException {
                remove(table);
                core.connection.commit();
                temporaries.forget(table);
            }
        });
    }

    /** Drops an index: until the commit it is there for nobody, and is not kept up either. */
    void dropIndex(Table table, Index index) throws SQLException {
        if (!table.isTemporary()) {
            rename(index, HiddenNames.next());
        }
        table.removeIndex(index);
        log.add(() -> table.getIndexes().add(index));
        afterCommit("DROP INDEX", index, "");
    }

    /** Drops a view: the tables that it reads may be dropped after it. */
    void dropView(TableView view) throws SQLException {
        for (Schema schema : h2.getDatabase().getAllSchemasNoMeta()) {
            for (Table table : schema.getAllTablesAndViews(null)) {
                if (table.getDependentViews().contains(view)) {
                    table.removeDependentView(view);
                    log.add(() -> table.addDependentView(view));
                }
            }
        }
        drop(view, "DROP VIEW");
    }

    /** Gives a view another text. */
    void replaceView(TableView view, String sql) throws SQLException {
        String before = view.getCreateSQL(true, true);
        log.add(() -> executeNow(before));
        execute(sql);
    }

    /** Takes all rows away and lets identity columns begin anew. */
    void truncate(Table table, boolean mayBeUndone) throws SQLException {
        String name = table.getSQL(HasSQL.DEFAULT_SQL_FLAGS);
        if (!mayBeUndone) {
            execute("TRUNCATE TABLE " + name + " RESTART IDENTITY");
        } else if (table.isTemporary()) {
            execute("DELETE FROM " + name);
            restartIdentity(table);
        } else {
            new TableCopy(this, table).replace(TableCopy.Rows.NONE);
        }
    }

    private void restartIdentity(Table table) {
        for (Column column : table.getColumns()) {
            Sequence sequence = column.isIdentity() ? column.getSequence() : null;
            if (sequence != null) {
                long before = sequence.getBaseValue();
                sequence.modify(sequence.getStartValue(), null, null, null, null, null, null);
                log.add(() -> sequence.modify(before, null, null, null, null, null, null));
            }
        }
    }

    /**
     * Makes an equal table take the place of this one, so that it can be changed for good while this one waits for the outcome.
     *
     * @param name that T-SQL knows
     */
    void copy(Table table, String name) throws SQLException {
        replace(table, name, TableCopy.Shape.of(table));
    }

    private void replace(Table table, String name, TableCopy.Shape shape) throws SQLException {
        if (table.isTemporary()) {
            new TemporaryCopy(this, core.tables.temporaries(), table, shape).replace(name);
        } else {
            new TableCopy(this, table, shape).replace(TableCopy.Rows.ALL);
        }
    }

    /**
     * Changes the columns of a table. H2 commits when it does so; so it changes an empty table of this shape beside, and tells thereby what
     * the copy has to look like.
     *
     * @param name that T-SQL knows
     * @param change what stands behind ALTER TABLE and the name
     */
    void reshape(Table table, String name, String change) throws SQLException {
        Schema schema = table.getSchema();
        String hidden = HiddenNames.next();
        String scratch = SqlText.quote(schema.getName()) + "." + SqlText.quote(hidden);
        TableCopy.Shape shape;
        core.database.own().makeFor(change);
        try (Connection other = core.database.connect();
                Statement statement = other.createStatement()) {
            LockPatience.run(
                    core, () -> statement.execute(TableCopy.Shape.of(table).create(scratch, null)));
            try {
                LockPatience.run(core, () -> statement.execute("ALTER TABLE " + scratch + " " + change));
                shape = TableCopy.Shape.of(schema.findTableOrView(h2, hidden));
            } finally {
                LockPatience.run(core, () -> statement.execute("DROP TABLE " + scratch));
            }
        }
        replace(table, name, shape);
    }

    /** Drops a foreign key of another table, which stays as it is. */
    void dropReference(ConstraintReferential key) throws SQLException {
        rename(key, HiddenNames.next());
        suspend(key, key.getTable());
        suspend(key, key.getRefTable());
    }

    /** What is to be run when everything later has been taken back. */
    void onUndo(List<String> statements) {
        log.add(() -> {
            for (String sql : statements) {
                executeNow(sql);
            }
        });
    }

    /** Lets one of the two tables of a foreign key forget it. */
    void suspend(ConstraintReferential key, Table table) {
        table.removeConstraint(key);
        log.add(() -> table.addConstraint(key));
    }

    private void afterCommit(String drop, DbObject object, String end) {
        log.add(new CatalogLog.Step() {
            @Override
            public void undo() {
                // what was done until here was hiding only
            }

            @Override
            public void committed() throws SQLException {
                executeNow(drop + " " + object.getSQL(HasSQL.DEFAULT_SQL_FLAGS) + end);
                core.connection.commit();
            }
        });
    }
}
