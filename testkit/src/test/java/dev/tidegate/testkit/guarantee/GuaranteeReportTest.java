package dev.tidegate.testkit.guarantee;

import static dev.tidegate.testkit.guarantee.Surface.D;
import static dev.tidegate.testkit.guarantee.Surface.S;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.testkit.guarantee.GuaranteeTable.Promise;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

class GuaranteeReportTest {
    private static final List<String> ROWS = List.of(
            "G01 | Closing is safe | D S | closed twice",
            "G02 | Counting is cheap | D | a million",
            "G03 | Third | S | x");

    @TempDir
    Path folder;

    /** Tests as others would write them: scanned, never run. */
    @Guarantee("G01")
    static class WholeClass {
        @Test
        void first() {}

        @ParameterizedTest
        @Guarantee(
                value = "G01",
                surface = {D, S})
        @Guarantee("G02")
        void second() {}

        void noTest() {}
    }

    /** The annotation's full name, because the house looks for the short one in its sources. */
    @org.junit.jupiter.api.Disabled("to be found")
    static class SwitchedOff {
        @Test
        @Guarantee(value = "G03", surface = S)
        void off() {}
    }

    @Guarantee("G02")
    static class NothingInIt {
        @Guarantee("G02")
        void noTest() {}
    }

    static class Elsewhere {
        @Test
        @Guarantee(value = "G02", surface = S)
        void notPromised() {}

        @Test
        @Guarantee("G99")
        void unknown() {}
    }

    private GuaranteeScan scan(Class<?>... classes) throws IOException {
        for (Class<?> each : classes) {
            String name = each.getName().substring(each.getPackageName().length() + 1) + ".class";
            try (InputStream in = each.getResourceAsStream(name)) {
                Files.write(folder.resolve(name), in.readAllBytes());
            }
        }
        return GuaranteeScan.of(List.of(folder));
    }

    @Test
    void annotationsOfClassesAndMethodsAreFound() throws IOException {
        GuaranteeScan scan = scan(WholeClass.class);
        assertThat(scan.problems()).isEmpty();
        assertThat(scan.evidence())
                .extracting(evidence -> evidence.method() + " " + evidence.promise())
                .containsExactlyInAnyOrder(
                        "first G01 (driver)", "second G01 (driver)", "second G01 (server)", "second G02 (driver)");
        assertThat(scan.evidence().get(0).testClass()).isEqualTo("GuaranteeReportTest.WholeClass");
    }

    @Test
    void aRowWithoutATestFailsUnlessItIsPlanned() throws IOException {
        GuaranteeScan scan = scan(WholeClass.class);
        assertThat(new GuaranteeReport(GuaranteeTable.of(ROWS, List.of()), scan).problems())
                .singleElement()
                .asString()
                .startsWith("no test shows G03 (server)");
        GuaranteeTable planned = GuaranteeTable.of(ROWS, List.of("G03 S | later"));
        assertThat(new GuaranteeReport(planned, scan).problems()).isEmpty();
    }

    @Test
    void aTestThatIsSwitchedOffFails() throws IOException {
        GuaranteeScan scan = scan(WholeClass.class, SwitchedOff.class);
        assertThat(new GuaranteeReport(GuaranteeTable.of(ROWS, List.of()), scan).problems())
                .singleElement()
                .asString()
                .isEqualTo(
                        "GuaranteeReportTest.SwitchedOff.off shows G03 (server) and is switched off by @%s",
                        "Disabled");
    }

    @Test
    void marksThatMeanNothingFail() throws IOException {
        GuaranteeScan scan = scan(NothingInIt.class, Elsewhere.class);
        GuaranteeTable table = GuaranteeTable.of(List.of(ROWS.get(1)), List.of("G02 D | later"));
        assertThat(new GuaranteeReport(table, scan).problems())
                .containsExactlyInAnyOrder(
                        "GuaranteeReportTest.NothingInIt is marked, but has no test",
                        "GuaranteeReportTest.NothingInIt.noTest is marked, but is no test",
                        "GuaranteeReportTest.Elsewhere.notPromised shows G02 (server), which the table does not"
                                + " promise",
                        "GuaranteeReportTest.Elsewhere.unknown shows G99 (driver), which the table does not promise");
    }

    @Test
    void theDocumentNamesTestsAndPlans() throws IOException {
        GuaranteeTable table = GuaranteeTable.of(ROWS, List.of("G01 S | the other half is later", "G03 S | later"));
        String text = new GuaranteeReport(table, scan(WholeClass.class)).markdown();
        assertThat(text.lines().filter(line -> line.startsWith("| G")))
                .containsExactly(
                        "| G01 | Closing is safe | `GuaranteeReportTest.WholeClass` 2 | | |"
                                + " `GuaranteeReportTest.WholeClass` 1; the rest planned: the other half is later |",
                        "| G02 | Counting is cheap | `GuaranteeReportTest.WholeClass` 1 | | | |",
                        "| G03 | Third | | | | planned: later |");
        assertThat(text)
                .endsWith("Of 3 rows on 4 surfaces in all, tests show 3, and 2 are planned, wholly or in part.\n");
    }

    @Test
    void theTableHasAllRows() {
        GuaranteeTable table = GuaranteeTable.load();
        assertThat(table.rows()).hasSize(41);
        assertThat(table.rows().get(0).id()).isEqualTo("G01");
        assertThat(table.rows().get(40).id()).isEqualTo("G41");
        assertThat(table.rows())
                .allMatch(row -> !row.text().isBlank() && !row.shown().isBlank());
        assertThat(table.planned().values()).noneMatch(String::isBlank);
    }

    @Test
    void aListThatLiesIsRefused() {
        assertThatThrownBy(() -> GuaranteeTable.of(ROWS, List.of("G02 S | x"))).hasMessageContaining("G02 (server)");
        assertThatThrownBy(() -> GuaranteeTable.of(ROWS, List.of("G02 D"))).hasMessageContaining("column 2 is missing");
        assertThatThrownBy(() -> GuaranteeTable.of(ROWS, List.of("G02 | x"))).hasMessageContaining("no surface");
        assertThatThrownBy(() -> GuaranteeTable.of(ROWS, List.of("G02 D | x", "G02 D | y")))
                .hasMessageContaining("twice: " + new Promise("G02", D));
    }
}
