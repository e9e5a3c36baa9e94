package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.Secrets;
import dev.tidegate.client.settings.ConnectionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One side of a copy, as it is named on the command line. */
public sealed interface Endpoint {
    /**
     * A table of a SQL Server, or the server alone when a query says what to read.
     *
     * @param url without the table
     * @param table one to three parts as T-SQL writes them; null when not given
     */
    record SqlServer(String url, String table) implements Endpoint {}

    /** @param table one or two parts as DuckDB writes them; null when not given */
    record DuckDb(Path file, String table) implements Endpoint {
        boolean isSameFile(DuckDb other) {
            try {
                return Files.isSameFile(file, other.file);
            } catch (IOException e) {
                // One of them is not there.
                return false;
            }
        }
    }

    /** @param path as given: a source may have wildcards */
    record DataFile(String path, Format format) implements Endpoint {}

    /** The files that DuckDB reads and writes. */
    enum Format {
        PARQUET,
        CSV,
        JSON,
        /** One JSON object a line. */
        NDJSON
    }

    /** How a file's name ends, and what it then is. */
    Map<String, Format> FORMATS = Map.of(
            ".parquet", Format.PARQUET,
            ".csv", Format.CSV,
            ".csv.gz", Format.CSV,
            ".tsv", Format.CSV,
            ".json", Format.JSON,
            ".json.gz", Format.JSON,
            ".ndjson", Format.NDJSON,
            ".jsonl", Format.NDJSON);

    List<String> DUCKDB_ENDINGS = List.of(".duckdb", ".ddb", ".db");

    /** @throws CliException for text that names nothing of these */
    static Endpoint parse(String text) {
        if (ConnectionSettings.accepts(text)) {
            TableInUrl found = TableInUrl.of(text);
            return new SqlServer(found.rest(), found.table());
        }
        int question = text.indexOf('?');
        String path = question < 0 ? text : text.substring(0, question);
        String lower = path.toLowerCase(Locale.ROOT);
        if (DUCKDB_ENDINGS.stream().anyMatch(lower::endsWith)) {
            TableInUrl found = TableInUrl.of(text);
            if (!found.rest().equals(path)) {
                throw CliException.usage("a DuckDB file takes ?table=NAME and no other parameter: '"
                        + found.rest().substring(path.length() + 1) + "'");
            }
            return new DuckDb(Path.of(path), found.table());
        }
        return FORMATS.entrySet().stream()
                .filter(ending -> text.toLowerCase(Locale.ROOT).endsWith(ending.getKey()))
                .findFirst()
                .<Endpoint>map(ending -> new DataFile(text, ending.getValue()))
                .orElseThrow(() -> CliException.usage("'" + Secrets.hidden(text)
                        + "' is not something to copy from or to; that is mssql://user@host:port/db?table=dbo.t, "
                        + "FILE.duckdb?table=t, or a file ending in .parquet, .csv, .tsv, .json or .ndjson"));
    }
}
