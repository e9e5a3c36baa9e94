package dev.tidegate.bench.chart;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A picture as SVG, whose letters are those of the reader's machine. */
final class SvgPicture implements Picture {
    private final StringBuilder svg = new StringBuilder();

    SvgPicture(int width, int height) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"system-ui, 'DejaVu Sans', sans-serif\">%n",
                width,
                height,
                width,
                height));
    }

    @Override
    public void box(double x, double y, double width, double height, double corner, Color fill) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                height,
                corner,
                hex(fill)));
    }

    @Override
    public void words(double x, double baseline, String text, int size, boolean bold, Color color) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\"%s fill=\"%s\">%s</text>%n",
                x,
                baseline,
                size,
                bold ? " font-weight=\"bold\"" : "",
                hex(color),
                escaped(text)));
    }

    private static String hex(Color color) {
        return String.format("#%06x", color.getRGB() & 0xFFFFFF);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public void save(Path file) throws IOException {
        Files.writeString(file, svg + "</svg>\n");
    }
}
