package dev.tidegate.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.guarantee.GuaranteeReport;
import dev.tidegate.testkit.guarantee.GuaranteeScan;
import dev.tidegate.testkit.guarantee.GuaranteeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every guarantee has its tests, none of them is switched off, and docs/guarantees.md says which. */
class GuaranteesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCUMENT = ROOT.resolve("docs").resolve("guarantees.md");
    private static GuaranteeReport report;

    @BeforeAll
    static void scan() throws IOException {
        List<Path> folders = Stream.of("client", "server", "testkit", "jdbc", "arrow", "duckdb", "cli")
                .map(module -> ROOT.resolve(module).resolve("target").resolve("test-classes"))
                .toList();
        assertThat(folders).as("compiled tests of all modules; build with -am").allMatch(Files::isDirectory);
        report = new GuaranteeReport(GuaranteeTable.load(), GuaranteeScan.of(folders, file -> !isSample(file)));
        if (Boolean.getBoolean("guarantees.write")) {
            Files.writeString(DOCUMENT, report.markdown());
        }
    }

    /** The scanner's own tests mark classes for it to find. */
    private static boolean isSample(Path file) {
        return file.getFileName().toString().startsWith("GuaranteeReportTest");
    }

    @Test
    void everyGuaranteeIsShownOrPlanned() {
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void theDocumentationIsThatOfTheTests() throws IOException {
        assertThat(DOCUMENT)
                .as("-Dguarantees.write=true makes this test write it")
                .hasContent(report.markdown());
    }
}
