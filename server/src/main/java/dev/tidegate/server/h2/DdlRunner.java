package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.ast.ObjectName;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.translate.SequenceName;
import dev.tidegate.server.tsql.translate.SqlText;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.server.tsql.translate.TableTranslator;
import dev.tidegate.server.tsql.translate.TranslatedQuery;
import dev.tidegate.server.tsql.translate.Translation;
import dev.tidegate.server.tsql.type.ViewDeclaration;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs CREATE, DROP and TRUNCATE; ALTER TABLE is {@link AlterTableRunner}'s. */
final class DdlRunner {
    private final SessionCore core;
    private final Frame frame;
    private final DdlConnection ddl;

    DdlRunner(SessionCore core, Frame frame) {
        this.core = core;
        this.frame = frame;
        this.ddl = new DdlConnection(core);
    }

    void createTable(Statement.CreateTable create) throws SqlServerException, SQLException {
        ObjectName name = create.table();
        boolean temporary = name.isTemporary() && !name.name().startsWith("##");
        checkFree(name);
        String schema = schema(name);
        List<String> statements = new TableTranslator(frame).create(schema, name.name(), create.elements(), temporary);
        ddl.execute(statements.getFirst(), temporary);
        try {
            for (String index : statements.subList(1, statements.size())) {
                ddl.execute(index, temporary);
            }
        } catch (SQLException e) {
            ddl.execute(
                    "DROP TABLE " + (temporary ? SqlText.quote(name.name()) : qualified(schema, name.name())),
                    temporary);
            throw e;
        }
    }

    void declareTable(Statement.DeclareTable declare) throws SqlServerException, SQLException {
        ddl.execute("DROP TABLE IF EXISTS " + SqlText.quote(declare.name()), true);
        for (String sql : new TableTranslator(frame).create("dbo", declare.name(), declare.elements(), true)) {
            ddl.execute(sql, true);
        }
        frame.addTableVariable(declare.name());
    }

    private static String qualified(String schema, String name) {
        return SqlText.quote(schema) + "." + SqlText.quote(name);
    }

    /** @throws SqlServerException 2760 if there is no such schema */
    private String schema(ObjectName name) throws SqlServerException {
        if (name.schema().isEmpty()) {
            return "dbo";
        }
        if (!core.tables.hasSchema(name.schema())) {
            throw new SqlServerException(
                    2760,
                    1,
                    16,
                    "The specified schema name \"" + name.schema()
                            + "\" either does not exist or you do not have permission to use it.");
        }
        return name.schema();
    }

    private void checkFree(ObjectName name) throws SqlServerException {
        Optional<TableInfo> found = core.tables.find(
                name.schema().isEmpty() && !name.isTemporary() ? ObjectName.of("dbo", name.name()) : name);
        if (found.isPresent()) {
            throw new SqlServerException(
                    2714, 6, 16, "There is already an object named '" + name.name() + "' in the database.");
        }
    }

    void createIndex(Statement.CreateIndex create) throws SqlServerException, SQLException {
        TableInfo table = table(
                create.table(),
                1088,
                "Cannot find the object \"" + create.table()
                        + "\" because it does not exist or you do not have permissions.");
        List<Statement.IndexColumn> columns = new ArrayList<>();
        for (Statement.IndexColumn column : create.columns()) {
            ColumnInfo known = table.column(column.name())
                    .orElseThrow(() -> new SqlServerException(
                            1911,
                            1,
                            16,
                            "Column name '" + column.name() + "' does not exist in the target table or view."));
            columns.add(new Statement.IndexColumn(known.name(), column.descending()));
        }
        if (create.filter() != null && create.unique()) {
            throw new SqlServerException(
                    40510, 1, 16, "UNIQUE indexes with a filter are not supported by this server.");
        }
        String sql = new TableTranslator(frame)
                .index(create.name(), create.unique(), table.sql(), columns, table.temporary());
        ddl.execute(sql, table.temporary());
    }

    private TableInfo table(ObjectName name, int number, String text) throws SqlServerException {
        return core.tables.find(name).orElseThrow(() -> new SqlServerException(number, 12, 16, text));
    }

    void createView(Statement.CreateView create) throws SqlServerException, SQLException {
        Optional<TableInfo> existing = core.tables.find(create.name());
        if (create.alter() && existing.isEmpty()) {
            throw new SqlServerException(208, 6, 16, "Invalid object name '" + create.name() + "'.");
        }
        if (!create.alter() && !create.orAlter()) {
            checkFree(create.name());
        }
        TranslatedQuery query = new Translation(frame, null).query(create.query());
        List<ColumnInfo> columns = query.columns();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = create.columns().isEmpty()
                    ? columns.get(i).name()
                    : i < create.columns().size() ? create.columns().get(i) : "";
            if (name.isEmpty()) {
                throw new SqlServerException(
                        4511,
                        1,
                        16,
                        "Create View or Function failed because no column name was specified for column " + (i + 1)
                                + ".");
            }
            names.add(SqlText.quote(name));
        }
        String target = qualified(schema(create.name()), create.name().name());
        ViewDeclaration declaration = new ViewDeclaration(
                columns.stream().map(ColumnInfo::type).toList(),
                columns.stream().map(ColumnInfo::nullable).toList(),
                create.text());
        ddl.execute(
                "CREATE " + (existing.isPresent() ? "OR REPLACE " : "") + "VIEW " + target + " ("
                        + String.join(", ", names) + ") AS " + query.sql(),
                false);
        ddl.execute("COMMENT ON TABLE " + target + " IS " + SqlText.string(declaration.toString()), false);
    }

    void createSchema(Statement.CreateSchema create) throws SqlServerException, SQLException {
        if (core.tables.hasSchema(create.name())) {
            throw new SqlServerException(
                    2714, 6, 16, "There is already an object named '" + create.name() + "' in the database.");
        }
        ddl.execute("CREATE SCHEMA " + SqlText.quote(create.name()), false);
    }

    void createSequence(Statement.CreateSequence create) throws SqlServerException, SQLException {
        schema(create.name());
        String start = create.start() == null ? "" : " START WITH " + create.start();
        String increment = create.increment() == null ? "" : " INCREMENT BY " + create.increment();
        ddl.execute(
                "CREATE SEQUENCE " + SequenceName.sql(create.name()) + " AS " + SqlText.type(create.type()) + start
                        + increment,
                false);
    }

    void drop(Statement.Drop drop) throws SqlServerException, SQLException {
        for (ObjectName name : drop.names()) {
            switch (drop.kind()) {
                case TABLE, VIEW -> dropTable(name, drop);
                case INDEX -> dropIndex(name, drop);
                case SCHEMA -> {
                    if (core.tables.hasSchema(name.name())) {
                        ddl.execute("DROP SCHEMA " + SqlText.quote(name.name()) + " RESTRICT", false);
                    } else {
                        missing(drop, name);
                    }
                }
                case SEQUENCE ->
                    ddl.execute(
                            "DROP SEQUENCE " + (drop.ifExists() ? "IF EXISTS " : "") + SequenceName.sql(name), false);
                default -> missing(drop, name);
            }
        }
    }

    private static void missing(Statement.Drop drop, ObjectName name) throws SqlServerException {
        if (!drop.ifExists()) {
            String kind = drop.kind().name().toLowerCase(Locale.ROOT);
            throw new SqlServerException(
                    3701,
                    5,
                    11,
                    "Cannot drop the " + kind + " '" + name
                            + "', because it does not exist or you do not have permission.");
        }
    }

    private void dropTable(ObjectName name, Statement.Drop drop) throws SqlServerException, SQLException {
        boolean view = drop.kind() == Statement.ObjectKind.VIEW;
        Optional<TableInfo> table = core.tables.find(name);
        if (table.isEmpty()) {
            missing(drop, name);
            return;
        }
        if (table.get().view() != view) {
            throw new SqlServerException(
                    3705,
                    1,
                    16,
                    "Cannot use DROP " + drop.kind() + " with '" + name + "' because '" + name + "' is a "
                            + (view ? "table" : "view") + ".");
        }
        ddl.execute(
                "DROP " + (view ? "VIEW " : "TABLE ") + table.get().sql()
                        + (table.get().temporary() || view ? "" : " RESTRICT"),
                table.get().temporary());
    }

    private void dropIndex(ObjectName name, Statement.Drop drop) throws SqlServerException, SQLException {
        Optional<TableInfo> table = core.tables.find(drop.table());
        if (table.isEmpty()) {
            missing(drop, name);
            return;
        }
        String index = qualified(table.get().schema(), name.name());
        ddl.execute(
                "DROP INDEX " + (drop.ifExists() ? "IF EXISTS " : "") + index,
                table.get().temporary());
    }

    /** Inside a transaction the rows are deleted, so that it can be rolled back; the identity column then goes on where it was. */
    void truncate(Statement.Truncate truncate) throws SqlServerException, SQLException {
        TableInfo table = table(
                truncate.table(),
                4701,
                "Cannot find the object \"" + truncate.table()
                        + "\" because it does not exist or you do not have permissions.");
        if (core.transactions.isOpen()) {
            new H2Statement(core).update("DELETE FROM " + table.sql(), List.of());
        } else {
            ddl.execute("TRUNCATE TABLE " + table.sql() + " RESTART IDENTITY", table.temporary());
        }
    }
}
