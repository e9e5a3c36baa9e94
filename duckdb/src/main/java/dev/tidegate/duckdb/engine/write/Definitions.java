package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteCatalog;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.ddl.Change;
import dev.tidegate.duckdb.ddl.DefinitionTranslator;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.engine.session.TargetNames.SchemaTarget;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.engine.statement.Write;
import dev.tidegate.duckdb.push.Mode;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.push.QueryPushDown;
import dev.tidegate.duckdb.push.ast.SqlParser;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.sql.Definition;
import dev.tidegate.duckdb.sql.Definition.Alter;
import dev.tidegate.duckdb.sql.Definition.Alteration.RenameTo;
import dev.tidegate.duckdb.sql.Definition.CreateIndex;
import dev.tidegate.duckdb.sql.Definition.CreateSchema;
import dev.tidegate.duckdb.sql.Definition.CreateTable;
import dev.tidegate.duckdb.sql.Definition.CreateView;
import dev.tidegate.duckdb.sql.Definition.Drop;
import dev.tidegate.duckdb.sql.Definition.Kind;
import dev.tidegate.duckdb.sql.Definition.Unsupported;
import dev.tidegate.duckdb.sql.DefinitionReader;
import dev.tidegate.duckdb.sql.QualifiedName;
import dev.tidegate.duckdb.sql.SqlStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** CREATE, DROP, ALTER and TRUNCATE of what is in an attached database. */
final class Definitions implements Writes.Kind {
    private final EngineSession session;
    private final TargetNames names;

    Definitions(EngineSession session, TargetNames names) {
        this.session = session;
        this.names = names;
    }

    @Override
    public Optional<Translated> translate(SqlStatement statement) throws SQLException {
        Optional<DefinitionReader.Head> head = DefinitionReader.head(statement);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Optional<Target> target = head.get().kind() == Kind.SCHEMA
                ? names.schema(head.get().target()).map(Definitions::ofSchema)
                : names.table(head.get().target());
        return target.isEmpty() ? Optional.empty() : Optional.of(translate(statement, target.get()));
    }

    private static Target ofSchema(SchemaTarget schema) {
        return new Target(schema.database(), new RemoteName(schema.schema(), ""));
    }

    private Translated translate(SqlStatement statement, Target target) throws SQLException {
        Definition definition = DefinitionReader.read(statement);
        AttachedDatabase database = target.database();
        Change change = change(definition, target);
        Consumer<RemoteCatalog> touched = touched(definition, target.name());
        return Translated.written(Translated.NOTHING, parameters -> {
            session.remote().write(database, session.run(), (connection, run) -> {
                change.on(new ServerSession(connection, run));
                return null;
            });
            session.remote().changed(database, touched);
            if (definition instanceof CreateSchema) {
                session.seen().make(session.attached().named(database.alias()), views -> {
                    views.makeSchema(target.name().schema());
                    return Map.of();
                });
            }
            return Write.NO_COUNT;
        });
    }

    /** What has to be looked up anew; everything else stays known. */
    private static Consumer<RemoteCatalog> touched(Definition definition, RemoteName name) {
        if (definition instanceof CreateTable || definition instanceof CreateView) {
            return catalog -> catalog.made(name);
        }
        if (definition instanceof Drop drop && (drop.kind() == Kind.TABLE || drop.kind() == Kind.VIEW)) {
            return catalog -> catalog.gone(name);
        }
        if (definition instanceof CreateSchema) {
            return catalog -> catalog.madeSchema(name.schema());
        }
        if (definition instanceof Drop drop && drop.kind() == Kind.SCHEMA) {
            return catalog -> catalog.goneSchema(name.schema());
        }
        if (definition instanceof Alter alter && alter.alteration() instanceof RenameTo rename) {
            return catalog -> {
                catalog.gone(name);
                catalog.made(new RemoteName(name.schema(), rename.name()));
            };
        }
        return definition instanceof Alter ? catalog -> catalog.changed(name) : catalog -> {};
    }

    private Change change(Definition definition, Target target) throws SQLException {
        RemoteName name = target.name();
        DefinitionTranslator translator = new DefinitionTranslator(session.duckdb(), new Around(target));
        if (definition instanceof CreateTable create) {
            return translator.createTable(create, name);
        }
        if (definition instanceof Alter alter) {
            if (alter.ifExists()
                    && !session.remote()
                            .tables(target.database(), session.run())
                            .contains(name)) {
                return server -> {};
            }
            return translator.alter(alter, name);
        }
        if (definition instanceof CreateView create) {
            return view(create, target);
        }
        if (definition instanceof CreateIndex create) {
            return DefinitionTranslator.createIndex(create, name);
        }
        if (definition instanceof CreateSchema create) {
            return DefinitionTranslator.createSchema(create, name.schema());
        }
        if (definition instanceof Drop drop) {
            return DefinitionTranslator.drop(drop, name);
        }
        if (definition instanceof Unsupported unsupported) {
            throw new SQLFeatureNotSupportedException(
                    unsupported.what() + " in " + target.database().alias() + " is not translated; use mssql_execute",
                    "0A000");
        }
        return DefinitionTranslator.truncate(name);
    }

    /** The query becomes the server's, so that text is compared, grouped and ordered by its collation there. */
    private Change view(CreateView create, Target target) throws SQLException {
        SqlStatement select = SqlStatement.split(create.query()).get(0);
        session.makeViews(select);
        RemoteTables tables = new RemoteTables(session, names);
        PushDown query = isOrderedForNothing(create.query())
                ? new NotPushed("ORDER BY without LIMIT")
                : QueryPushDown.of(session.duckdb(), session.asSeen(select).text(), tables.resolver(), Mode.ON);
        if (!(query instanceof Pushed pushed)) {
            throw new SQLFeatureNotSupportedException(
                    "CREATE VIEW " + target.name() + ": its query cannot be said in T-SQL ("
                            + ((NotPushed) query).reason() + "); write it in T-SQL, with mssql_execute",
                    "0A000");
        }
        if (!pushed.database().equals(target.database().alias())) {
            throw new SQLFeatureNotSupportedException(
                    "CREATE VIEW " + target.name() + ": its tables are in " + pushed.database() + ", not in "
                            + target.database().alias(),
                    "0A000");
        }
        List<String> columns = create.columns().isEmpty()
                ? pushed.columns().stream().map(PushDown.ResultColumn::name).toList()
                : create.columns();
        if (columns.size() != pushed.columns().size()) {
            throw new SQLSyntaxErrorException(
                    "CREATE VIEW " + target.name() + " names " + columns.size() + " columns, and its query has "
                            + pushed.columns().size(),
                    "42601");
        }
        return DefinitionTranslator.createView(create, target.name(), columns, pushed.request());
    }

    /** The rows of a view have no order, and the server refuses one that only seems to give them one. */
    private boolean isOrderedForNothing(String query) throws SQLException {
        List<String> modifiers = new SqlParser(session.duckdb())
                .select(query).map(node -> node.children("modifiers")).orElse(List.of()).stream()
                        .map(modifier -> modifier.text("type"))
                        .toList();
        return modifiers.contains("ORDER_MODIFIER") && !modifiers.contains("LIMIT_MODIFIER");
    }

    /** What a definition may refer to. */
    private final class Around implements DefinitionTranslator.Surroundings {
        private final Target target;

        Around(Target target) {
            this.target = target;
        }

        @Override
        public RemoteName table(QualifiedName name) throws SQLException {
            if (name.parts().size() == 1) {
                // As DuckDB has it, a foreign key stays in its schema unless it says more.
                return new RemoteName(target.name().schema(), name.last());
            }
            return names.table(name)
                    .filter(found -> found.database() == target.database())
                    .map(Target::name)
                    .orElseThrow(() -> new SQLFeatureNotSupportedException(
                            "a foreign key to " + name + ", which is not in "
                                    + target.database().alias(),
                            "0A000"));
        }

        @Override
        public List<RemoteColumn> columns() throws SQLException {
            return new RemoteTables(session, names).of(target).columns();
        }
    }
}
