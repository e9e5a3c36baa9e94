package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ErrorReport;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.client.column.Loss;
import dev.tidegate.duckdb.load.JsonMembers;
import dev.tidegate.duckdb.load.TextColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * CSV or JSON files, whose values are texts without types. DuckDB finds the rows and the columns, but no types: what it reads as a number
 * or a time has lost what does not fit into 17 digits or a microsecond. All rows are looked at instead, once, and each column gets the
 * narrowest type that keeps every text.
 */
final class TextFileSource implements CopySource {
    private final Engine engine;
    private final String path;
    private final Endpoint.Format format;
    private final Set<Loss> allowed;
    private volatile TextColumns columns;
    private String texts;
    private volatile boolean looking;

    TextFileSource(Engine engine, Endpoint.DataFile file, Set<Loss> allowed) {
        this.engine = engine;
        this.path = file.path();
        this.format = file.format();
        this.allowed = allowed;
    }

    @Override
    public String sql() throws SQLException {
        return select(column -> TextCast.exact(column, null, allowed));
    }

    @Override
    public Optional<String> texts() throws SQLException {
        if (texts == null) {
            texts = isJson()
                    ? new JsonMembers(engine.connection(), lookedAt()).sql(DataFiles.records(path))
                    : DataFiles.texts(path);
        }
        return Optional.of(texts);
    }

    @Override
    public Map<String, String> columns() throws SQLException {
        return engine.columns(sql());
    }

    @Override
    public CopySource into(Map<String, String> types) throws SQLException {
        return view(select(column -> TextCast.exact(column, types.get(column.name()), allowed)));
    }

    @Override
    public CopySource as(Map<String, String> types) throws SQLException {
        return view(select(column -> TextCast.tried(column.name(), types.get(column.name()))));
    }

    @Override
    public String name() {
        return path;
    }

    /** Nothing is to be read for a progress bar alone; see {@link #rowsFound}. */
    @Override
    public OptionalLong expectedRows() {
        return OptionalLong.empty();
    }

    @Override
    public long rowsFound() {
        TextColumns found = columns;
        return found == null ? -1 : found.rows();
    }

    @Override
    public OptionalLong rowsRead() {
        return OptionalLong.empty();
    }

    @Override
    public List<String> tableDefinition(boolean measured) throws SQLException {
        return lookedAt().columns().stream()
                .map(column -> Identifiers.sqlServer(column.name()) + " "
                        + column.type().sqlServer(measured) + " NULL")
                .toList();
    }

    @Override
    public SQLException explain(SQLException reported) {
        return reported;
    }

    @Override
    public void cancel() {
        if (looking) {
            engine.abandon();
        }
    }

    @Override
    public void close() {}

    private boolean isJson() {
        return format != Endpoint.Format.CSV;
    }

    private CopySource view(String sql) {
        return new EngineSource(engine, sql, path, false);
    }

    private String select(Function<TextColumns.Column, String> expression) throws SQLException {
        return lookedAt().columns().stream()
                .map(column -> expression.apply(column) + " AS " + Identifiers.duckdb(column.name()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM (" + texts().orElseThrow() + ")"));
    }

    private TextColumns lookedAt() throws SQLException {
        if (columns == null) {
            looking = true;
            try {
                if (isJson()) {
                    columns = TextColumns.ofRecords(engine.connection(), DataFiles.records(path));
                } else {
                    TextColumns found = TextColumns.of(engine.connection(), DataFiles.texts(path));
                    if (found.columns().size() == 1) {
                        refuseRaggedLines();
                    }
                    columns = found;
                }
            } finally {
                looking = false;
            }
        }
        return columns;
    }

    private void refuseRaggedLines() throws SQLException {
        try {
            for (List<String> file : engine.rows("FROM glob(" + Identifiers.literal(path) + ")")) {
                RaggedLines.refuse(Path.of(file.getFirst()));
            }
        } catch (IOException e) {
            throw new CliException(ExitCode.FAILED, ErrorReport.oneLine(e), e);
        }
    }
}
