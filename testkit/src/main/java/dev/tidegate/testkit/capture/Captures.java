package dev.tidegate.testkit.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds and reads the captures, which are resources of this module. Stateless: each call reads anew. */
public final class Captures {
    private static final String FOLDER = "/captures";
    private static final String ENDING = ".tds.txt";

    private Captures() {}

    /** The names of all captures, sorted. */
    public static List<String> names() {
        URL folder = Captures.class.getResource(FOLDER);
        if (folder == null) {
            throw new IllegalStateException("the captures are not on the class path");
        }
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                return names(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return names(jar.getPath(FOLDER));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the captures are at no proper place: " + folder, e);
        }
    }

    /** @throws IllegalArgumentException if there is no capture of that name, or if its file cannot be understood */
    public static Capture read(String name) {
        try (InputStream in = Captures.class.getResourceAsStream(FOLDER + "/" + name + ENDING)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no capture named " + name);
            }
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                return CaptureParser.parse(name, lines.lines().toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<Capture> all() {
        return names().stream().map(Captures::read);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING))
                    .map(file -> file.substring(0, file.length() - ENDING.length()))
                    .sorted()
                    .toList();
        }
    }
}
