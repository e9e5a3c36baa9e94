package dev.tidegate.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the class files do not show: sizes, and marks of unfinished work. */
class SourceRulesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int MOST_LINES = 800;

    @Test
    void noSourceFileIsLongerThanTheHouseAllows() {
        assertThat(sources())
                .isNotEmpty()
                .allSatisfy(source ->
                        assertThat(lines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void nothingIsLeftForLaterOrSwitchedOff() {
        // Written apart, so that this file does not name what it looks for.
        List<String> marks = List.of("TO" + "DO", "FIX" + "ME", "@Dis" + "abled", "@Ign" + "ore");
        assertThat(sources())
                .allSatisfy(source -> assertThat(lines(source))
                        .as(source.toString())
                        .noneMatch(line -> marks.stream().anyMatch(line::contains)));
    }

    @Test
    void everyTextIsInUnixLines() {
        assertThat(sources())
                .allSatisfy(source -> assertThat(text(source))
                        .as(source.toString().toLowerCase(Locale.ROOT))
                        .doesNotContain("\r"));
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path source) {
        return text(source).lines().toList();
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
