package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.duckdb.Identifiers;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongConsumer;

/** A Parquet, CSV or JSON file, written under another name beside its place and moved there when it is whole. */
final class FileTarget implements CopyTarget {
    private final Engine engine;
    private final Path file;
    private final Endpoint.Format format;

    FileTarget(Engine engine, Endpoint.DataFile target, WriteMode mode) {
        this.engine = engine;
        this.file = Path.of(target.path());
        this.format = target.format();
        if (mode.keepsExisting()) {
            throw CliException.usage("a file is written as a whole: use --replace in place of --append or --truncate");
        }
        if (Files.isDirectory(file)) {
            throw CliException.usage(file + " is a directory");
        }
        if (Files.exists(file) && !mode.replaces()) {
            throw new CliException(ExitCode.FAILED, file + " exists already; --replace writes it anew");
        }
    }

    @Override
    public long write(CopySource source, LongConsumer sent) throws SQLException, IOException {
        Path whole = file.toAbsolutePath();
        if (!Files.isDirectory(whole.getParent())) {
            throw new CliException(ExitCode.FAILED, "there is no directory " + whole.getParent() + " to write to");
        }
        Path partial = whole.resolveSibling(
                "." + whole.getFileName() + "." + UUID.randomUUID().toString().substring(0, 8) + ".part");
        try {
            long rows = engine.execute("COPY (" + source.sql() + ") TO " + Identifiers.literal(partial.toString())
                    + " (" + options() + ")");
            move(partial, whole);
            return rows;
        } catch (SQLException e) {
            throw source.explain(e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    @Override
    public CopySource readBack() {
        return new EngineSource(engine, DataFiles.select(file.toString(), format), file.toString(), false);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public long bytes() {
        return file.toFile().length();
    }

    @Override
    public void close() {}

    private String options() {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String compression = name.endsWith(".gz") ? ", COMPRESSION gzip" : "";
        return switch (format) {
            case PARQUET -> "FORMAT parquet, COMPRESSION zstd";
            case CSV -> "FORMAT csv, HEADER" + (name.endsWith(".tsv") ? ", DELIMITER '\t'" : "") + compression;
            case JSON -> "FORMAT json, ARRAY true" + compression;
            case NDJSON -> "FORMAT json" + compression;
        };
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
