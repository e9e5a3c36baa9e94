package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.client.column.Loss;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongConsumer;

/** A Parquet, CSV or JSON file, written under another name beside its place and moved there when it is whole. */
final class FileTarget implements CopyTarget {
    private final Engine engine;
    private final Path file;
    private final Path partial;
    private final Endpoint.DataFile target;
    private final Endpoint.Format format;
    private final Set<Loss> allowed;

    FileTarget(Engine engine, Endpoint.DataFile target, WriteMode mode, Set<Loss> allowed) {
        this.engine = engine;
        this.file = Path.of(target.path());
        this.partial = PartialFile.beside(file);
        this.target = target;
        this.format = target.format();
        this.allowed = allowed;
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
    public long write(CopySource source, LongConsumer sent) throws SQLException {
        if (!Files.isDirectory(partial.getParent())) {
            throw new CliException(ExitCode.FAILED, "there is no directory " + partial.getParent() + " to write to");
        }
        PartialFile.removeAbandoned(file);
        try {
            return engine.execute("COPY (" + new FileColumns(format, allowed).sql(source) + ") TO " + Identifiers.literal(partial.toString()) + " ("
                    + options() + ")");
        } catch (SQLException e) {
            throw PartialFile.renamed(source.explain(e), partial, file);
        }
    }

    @Override
    public void commit() throws IOException {
        Path whole = file.toAbsolutePath();
        try {
            Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, whole, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void undo() throws IOException {
        Files.deleteIfExists(partial);
    }

    @Override
    public void cancel() {
        engine.cancel();
    }

    @Override
    public double progress() {
        return engine.progress();
    }

    @Override
    public CopySource readBack() {
        return format == Endpoint.Format.PARQUET
                ? new EngineSource(engine, DataFiles.parquet(target.path()), target.path(), false)
                : new TextFileSource(engine, target, allowed);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public long bytesWritten() {
        return partial.toFile().length();
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
}
