package dev.tidegate.testkit.guarantee;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is promised, and what of it is planned only.
 *
 * @param rows in the order of their numbers
 * @param planned for a row and surface without tests, the reason
 */
public record GuaranteeTable(List<Row> rows, Map<Promise, String> planned) {
    /**
     * @param id such as {@code G05}
     * @param text what is promised
     * @param shown what a test must show
     */
    public record Row(String id, String text, Set<Surface> surfaces, String shown) {
        public Row {
            surfaces = Collections.unmodifiableSet(EnumSet.copyOf(surfaces));
        }
    }

    /** A row on one surface. */
    public record Promise(String id, Surface surface) {
        @Override
        public String toString() {
            return id + " (" + surface.title() + ")";
        }
    }

    public GuaranteeTable {
        rows = List.copyOf(rows);
        planned = Map.copyOf(planned);
    }

    /** The table that is a resource of this module. */
    public static GuaranteeTable load() {
        return of(lines("/guarantees.txt"), lines("/guarantees-planned.txt"));
    }

    /** @throws IllegalArgumentException naming the line that cannot be understood, or that plans what is not promised */
    static GuaranteeTable of(List<String> rows, List<String> planned) {
        List<Row> parsed = rows.stream().map(GuaranteeTable::row).toList();
        Map<Promise, String> reasons = new HashMap<>();
        for (String line : planned) {
            for (Promise promise : promises(line)) {
                if (parsed.stream().noneMatch(row -> promises(row).contains(promise))) {
                    throw new IllegalArgumentException("planned, but not promised: " + promise);
                }
                if (reasons.put(promise, cell(line, 1)) != null) {
                    throw new IllegalArgumentException("planned twice: " + promise);
                }
            }
        }
        return new GuaranteeTable(parsed, reasons);
    }

    /** Every row on every of its surfaces. */
    public List<Promise> promises() {
        return rows.stream().flatMap(row -> promises(row).stream()).toList();
    }

    private static List<Promise> promises(Row row) {
        return row.surfaces.stream()
                .map(surface -> new Promise(row.id, surface))
                .toList();
    }

    private static Row row(String line) {
        return new Row(cell(line, 0), cell(line, 1), EnumSet.copyOf(surfaces(cell(line, 2))), cell(line, 3));
    }

    private static List<Promise> promises(String line) {
        String[] words = cell(line, 0).split(" ", 2);
        if (words.length < 2) {
            throw new IllegalArgumentException("no surface in: " + line);
        }
        return surfaces(words[1]).stream()
                .map(surface -> new Promise(words[0], surface))
                .toList();
    }

    private static List<Surface> surfaces(String letters) {
        return Stream.of(letters.split(" ")).map(Surface::valueOf).toList();
    }

    private static String cell(String line, int index) {
        String[] cells = line.split(" \\| ");
        if (cells.length <= index) {
            throw new IllegalArgumentException("column " + (index + 1) + " is missing in: " + line);
        }
        return cells[index];
    }

    private static List<String> lines(String resource) {
        List<String> lines = new ArrayList<>();
        try (InputStream in = GuaranteeTable.class.getResourceAsStream(resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
