package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.ddl.TableKind;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.statement.ParameterLiterals;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.sql.CopyReader;
import dev.tidegate.duckdb.sql.CreateTableAsReader;
import dev.tidegate.duckdb.sql.InsertReader;
import dev.tidegate.duckdb.sql.LoadStatement;
import dev.tidegate.duckdb.sql.LoadStatement.CopyFrom;
import dev.tidegate.duckdb.sql.LoadStatement.CopyTo;
import dev.tidegate.duckdb.sql.LoadStatement.CreateTableAs;
import dev.tidegate.duckdb.sql.LoadStatement.Insert;
import dev.tidegate.duckdb.sql.QualifiedName;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.write.InsertColumns;
import dev.tidegate.duckdb.write.RowSource;
import dev.tidegate.tds.token.Column;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** CREATE TABLE AS, INSERT and COPY into what is in an attached database. */
final class Loads implements Writes.Kind {
    private final EngineSession session;
    private final TargetNames names;

    Loads(EngineSession session, TargetNames names) {
        this.session = session;
        this.names = names;
    }

    @Override
    public Optional<Translated> translate(SqlStatement statement) throws SQLException {
        Optional<? extends LoadStatement> read = read(statement);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        if (read.get() instanceof CopyTo copy) {
            return Optional.of(copyTo(copy, statement));
        }
        QualifiedName name = name(read.get());
        Optional<Target> target = names.table(name);
        if (target.isEmpty()) {
            return Optional.empty();
        }
        if (read.get() instanceof CreateTableAs create) {
            return Optional.of(create(create, target.get(), statement));
        }
        if (read.get() instanceof Insert insert) {
            return Optional.of(insert(insert, target.get(), statement));
        }
        return Optional.of(copyFrom((CopyFrom) read.get(), target.get(), statement));
    }

    private static Optional<? extends LoadStatement> read(SqlStatement statement) throws SQLException {
        Optional<? extends LoadStatement> read = CreateTableAsReader.read(statement);
        if (read.isEmpty()) {
            read = InsertReader.read(statement);
        }
        return read.isPresent() ? read : CopyReader.read(statement);
    }

    private static QualifiedName name(LoadStatement statement) {
        if (statement instanceof CreateTableAs create) {
            return create.target();
        }
        return statement instanceof Insert insert ? insert.target() : ((CopyFrom) statement).target();
    }

    private Translated create(CreateTableAs create, Target target, SqlStatement statement) throws SQLException {
        LoadQuery query = LoadQuery.of(session, target.database(), statement, renamed(create));
        String limited = create.withData() ? query.sql() : "SELECT * FROM (" + query.sql() + "\n) LIMIT 0";
        return query.translated(new TableCreation(
                session, target, query.as(limited), kind(create.options()), create.orReplace(), create.ifNotExists()));
    }

    private static TableKind kind(Map<String, List<String>> options) throws SQLException {
        TableKind kind = TableKind.of(options);
        kind.check(!kind.primaryKey().isEmpty());
        return kind;
    }

    private static String renamed(CreateTableAs create) {
        return create.columns().isEmpty()
                ? create.query()
                : create.columns().stream()
                        .map(Identifiers::duckdb)
                        .collect(Collectors.joining(
                                ", ", "SELECT * FROM (" + create.query() + "\n) AS tidegate_query(", ")"));
    }

    private Translated insert(Insert insert, Target target, SqlStatement statement) throws SQLException {
        if (insert.query() == null && insert.returning() == null) {
            return Translated.written(Translated.NOTHING, new DefaultRow(session, target));
        }
        if (insert.query() == null) {
            throw new SQLFeatureNotSupportedException(
                    "RETURNING of DEFAULT VALUES is not supported; name a column: VALUES (DEFAULT, …)", "0A000");
        }
        LoadQuery query = LoadQuery.of(session, target.database(), statement, insert.query());
        Insertion.Source source =
                insert.isConstant() ? query::constant : (local, parameters) -> query.rows(local, parameters, false);
        if (insert.returning() == null) {
            Insertion insertion = new Insertion(session, target, source, insert, null);
            SqlStatement text = SqlStatement.split(insert.query()).get(0);
            boolean asItIs = !query.mustKeep() && query.sql().equals(text.text());
            return query.translated(
                    asItIs && !insert.isConstant()
                            ? new InsertSelection(session, names, target, insertion, text)
                            : insertion);
        }
        Returning returning =
                new Returning(session, target, insert.returning(), target.name().table(), false);
        returning.of(new Insertion(session, target, source, insert, returning));
        ParameterLiterals parameters =
                new ParameterLiterals(SqlStatement.split(insert.query()).get(0));
        return returning.translated(parameters, query.functions(), query.undescribed());
    }

    private Translated copyTo(CopyTo copy, SqlStatement statement) throws SQLException {
        Target target = target(copy.url());
        LoadQuery query = LoadQuery.of(session, target.database(), statement, copy.query());
        Map<String, List<String>> options = new HashMap<>(copy.options());
        boolean appends = flag(options, "append", false);
        boolean replaces = flag(options, "replace", false);
        boolean creates = flag(options, "create_table", !appends);
        if (appends && replaces) {
            throw new SQLSyntaxErrorException("COPY: APPEND and REPLACE exclude each other", "22023");
        }
        TableKind kind = kind(options);
        boolean exists =
                session.remote().tables(target.database(), session.run()).contains(target.name());
        if (appends && (exists || !creates)) {
            Insert byName = new Insert(
                    new QualifiedName(List.of(target.name().table())),
                    List.of(),
                    Set.of(),
                    true,
                    query.sql(),
                    false,
                    null);
            return query.translated(new Insertion(
                    session, target, (local, parameters) -> query.rows(local, parameters, false), byName, null));
        }
        if (!creates && !replaces) {
            throw new SQLSyntaxErrorException("COPY: without CREATE_TABLE say APPEND or REPLACE", "22023");
        }
        return query.translated(new TableCreation(session, target, query, kind, replaces, false));
    }

    /** DuckDB reads the file, into a table of the same columns. */
    private Translated copyFrom(CopyFrom copy, Target target, SqlStatement statement) throws SQLException {
        List<String> columns = copy.columns();
        if (columns.isEmpty()) {
            List<Column> all = session.columns(target);
            if (all.stream().anyMatch(InsertColumns::isFilledByServer)) {
                throw new SQLSyntaxErrorException(
                        "COPY: " + target.name() + " has columns that the server fills; name those that the file has:"
                                + " COPY … (a, b) FROM",
                        "42601");
            }
            columns = all.stream().map(Column::name).toList();
        }
        String list = columns.stream().map(Identifiers::duckdb).collect(Collectors.joining(", "));
        LoadQuery shape = LoadQuery.of(
                session,
                target.database(),
                statement,
                "SELECT " + list + " FROM " + copy.target().duckdb() + " LIMIT 0");
        Insertion.Source file = (local, parameters) ->
                RowSource.filled(local, shape.sql(), table -> "COPY " + table + " " + copy.source());
        Insert insert = new Insert(copy.target(), columns, Set.of(), false, shape.sql(), false, null);
        return shape.translated(new Insertion(session, target, file, insert, null));
    }

    private static boolean flag(Map<String, List<String>> options, String name, boolean otherwise) throws SQLException {
        List<String> value = options.remove(name);
        if (value == null) {
            return otherwise;
        }
        String text = String.join(", ", value);
        if (text.equalsIgnoreCase("true") || text.equals("1")) {
            return true;
        }
        if (text.equalsIgnoreCase("false") || text.equals("0")) {
            return false;
        }
        throw new SQLSyntaxErrorException("COPY: " + name + " takes true or false, not '" + text + "'", "22023");
    }

    /** {@code mssql://DATABASE[/SCHEMA]/TABLE}, with %-sequences as in any URL. */
    private Target target(String url) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (String part : url.substring(url.indexOf("//") + 2).split("/", -1)) {
            parts.add(decoded(part, url));
        }
        if (parts.size() < 2 || parts.size() > QualifiedName.MOST_PARTS || parts.contains("")) {
            throw new SQLSyntaxErrorException(
                    "COPY: '" + url + "' is not mssql://DATABASE/SCHEMA/TABLE with the name of an attached database",
                    "22023");
        }
        AttachedDatabase database = session.attached().named(parts.get(0)).database();
        return names.table(new QualifiedName(parts))
                .orElseThrow(() -> new SQLSyntaxErrorException(
                        database.alias() + " is also a schema of the current database; write mssql://"
                                + database.alias() + "/SCHEMA/TABLE",
                        "42P09"));
    }

    private static String decoded(String part, String url) throws SQLException {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SQLSyntaxErrorException("COPY: '" + url + "' has a % without two hexadecimal digits", "22023", e);
        }
    }
}
