package dev.tidegate.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartCommandTest {
    private static final String JSON = """
            {"machine": "m", "workloads": {"read": [{"label": "lineitem <16>",
              "roles": {"DuckDB": "OURS", "mssql-jdbc": "PEER", "jTDS": "PEER", "drain": "LIMIT"},
              "units": {"rows": "k/s"}, "better": {"rows": "HIGHER"},
              "figures": {"rows": {"DuckDB": [9000, 8000, 8100], "mssql-jdbc": [1000, 1100], "jTDS": [600], "drain": [16200]}}}]}}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private void run(String... args) throws Exception {
        ChartCommand.run(List.of(args), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String written(String json) throws Exception {
        Path file = folder.resolve("figures.json");
        Files.writeString(file, json);
        return file.toString();
    }

    @Test
    void drawsMediansAndTheirRatios() throws Exception {
        run(written(JSON), "--out", folder.resolve("charts").toString());
        String svg = Files.readString(folder.resolve("charts/read.svg"));
        assertThat(svg)
                .startsWith("<svg ")
                .endsWith("</svg>\n")
                .contains(">lineitem &lt;16&gt;: rows<")
                .contains(">8100 k/s, 7.71 × the best peer, 0.50 × the limit<")
                .contains(">1050 k/s, 0.06 × the limit<")
                .contains(">16200 k/s<");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("read.svg").contains("read.png");
    }

    @Test
    void filesOfOneWorkloadAreOneChart() throws Exception {
        Path first = Files.writeString(folder.resolve("first.json"), JSON);
        Path second = Files.writeString(folder.resolve("second.json"), JSON.replace("lineitem <16>", "flights"));
        Path again = Files.writeString(folder.resolve("again.json"), JSON.replace("9000, 8000, 8100", "5000"));
        Path other = Files.writeString(folder.resolve("other.json"), JSON.replace("\"read\"", "\"load\""));
        run(first.toString(), second.toString(), other.toString(), again.toString(), "--out", folder.toString());
        String svg = Files.readString(folder.resolve("read.svg"));
        assertThat(svg)
                .containsSubsequence(">lineitem &lt;16&gt;: rows<", ">5000 k/s", ">flights: rows<", ">8100 k/s")
                .containsOnlyOnce(">lineitem &lt;16&gt;: rows<");
        assertThat(Files.readString(folder.resolve("load.svg"))).contains(">8100 k/s");
    }

    @Test
    void thePictureHasABarForEachContender() throws Exception {
        run(written(JSON), "--out", folder.toString());
        var image = ImageIO.read(folder.resolve("read.png").toFile());
        assertThat(image.getWidth()).isEqualTo(1_800);
        int ours = image.getRGB(2 * 260, 2 * (52 + 34 + 8));
        int peer = image.getRGB(2 * 245, 2 * (52 + 34 + 24 + 8));
        int limit = image.getRGB(2 * 550, 2 * (52 + 34 + 3 * 24 + 8));
        assertThat(List.of(ours & 0xFFFFFF, peer & 0xFFFFFF, limit & 0xFFFFFF)).containsExactly(0x0969DA, 0xB1BAC4, 0x2D333B);
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        assertThatThrownBy(() -> run("a.json")).hasMessageContaining("--out with a directory");
        assertThatThrownBy(() -> run("--out", folder.toString())).hasMessageContaining("one file or several");
        assertThatThrownBy(() -> run(folder.resolve("none.json").toString(), "--out", folder.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.json cannot be read");
        assertThatThrownBy(() -> run(written("[1"), "--out", folder.toString())).hasMessageContaining("is no JSON");
        assertThatThrownBy(() -> run(written("{}"), "--out", folder.toString())).hasMessageContaining("has no workloads");
        assertThatThrownBy(() -> run(written(JSON.replace("roles", "rolls")), "--out", folder.toString()))
                .hasMessageContaining("measure it again");
    }
}
