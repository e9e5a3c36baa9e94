package dev.tidegate.bench.chart;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code tidegate bench chart FILE… --out DIR}: draws a chart of each workload, of all files that have it, as SVG and as PNG. */
public final class ChartCommand {
    private ChartCommand() {}

    /**
     * @param args after the word {@code chart}
     * @throws IllegalArgumentException naming what is wrong with the command line or a file
     * @throws IOException if a chart cannot be written
     */
    public static void run(List<String> args, PrintStream out) throws IOException {
        List<Path> files = new ArrayList<>();
        Path folder = null;
        for (int i = 0; i < args.size(); i++) {
            if (!args.get(i).equals("--out")) {
                files.add(Path.of(args.get(i)));
            } else if (i + 1 < args.size()) {
                folder = Path.of(args.get(++i));
            }
        }
        if (files.isEmpty() || folder == null) {
            throw new IllegalArgumentException("chart needs one file or several, and --out with a directory");
        }
        Files.createDirectories(folder);
        for (Map.Entry<String, List<BarGroup>> workload : Measurements.read(files).entrySet()) {
            draw(new BarChart("tidegate bench " + workload.getKey(), workload.getValue()), folder.resolve(workload.getKey()), out);
        }
    }

    private static void draw(BarChart chart, Path name, PrintStream out) throws IOException {
        // There may be no screen.
        System.setProperty("java.awt.headless", "true");
        save(chart, new SvgPicture(chart.width(), chart.height()), name.resolveSibling(name.getFileName() + ".svg"), out);
        save(chart, new PngPicture(chart.width(), chart.height()), name.resolveSibling(name.getFileName() + ".png"), out);
    }

    private static void save(BarChart chart, Picture picture, Path file, PrintStream out) throws IOException {
        chart.draw(picture);
        picture.save(file);
        out.println(file);
    }
}
