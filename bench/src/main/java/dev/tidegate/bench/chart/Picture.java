package dev.tidegate.bench.chart;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;

/** Something that boxes and words are drawn on, in pixels from the upper left corner. */
interface Picture {
    /** @param corner radius of its corners */
    void box(double x, double y, double width, double height, double corner, Color fill);

    /** @param baseline where the letters stand */
    void words(double x, double baseline, String text, int size, boolean bold, Color color);

    void save(Path file) throws IOException;
}
