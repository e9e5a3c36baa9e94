package dev.tidegate.bench.chart;

import dev.tidegate.bench.frame.Contender.Role;
import java.awt.Color;
import java.util.List;

/**
 * Horizontal bars, a group for each comparison of a workload. It is drawn on a light card, so that it reads the same on a white and on a
 * dark page.
 */
final class BarChart {
    private static final int WIDTH = 900;
    private static final int MARGIN = 24;
    private static final int TITLE = 52;
    private static final int HEAD = 34;
    private static final int ROW = 24;
    private static final int BAR = 16;
    private static final int NAMES = 240;
    private static final int LONGEST = 320;
    private static final int CORNER = 3;

    private static final Color CARD = new Color(0xFFFFFF);
    private static final Color EDGE = new Color(0xD0D7DE);
    private static final Color INK = new Color(0x1F2328);
    private static final Color PALE_INK = new Color(0x59636E);

    private final String title;
    private final List<BarGroup> groups;

    BarChart(String title, List<BarGroup> groups) {
        this.title = title;
        this.groups = groups;
    }

    int width() {
        return WIDTH;
    }

    int height() {
        return TITLE + groups.stream().mapToInt(group -> HEAD + ROW * group.bars().size()).sum() + MARGIN;
    }

    void draw(Picture picture) {
        picture.box(0, 0, WIDTH, height(), 8, EDGE);
        picture.box(1, 1, WIDTH - 2, height() - 2, 7, CARD);
        picture.words(MARGIN, 34, title, 17, true, INK);
        double y = TITLE;
        for (BarGroup group : groups) {
            String better = group.higherWins() ? "" : " (less is better)";
            picture.words(MARGIN, y + HEAD - 12, group.label() + better, 13, true, PALE_INK);
            y += HEAD;
            for (BarGroup.Bar bar : group.bars()) {
                row(picture, group, bar, y);
                y += ROW;
            }
        }
    }

    private static void row(Picture picture, BarGroup group, BarGroup.Bar bar, double y) {
        double length = group.longest() == 0 ? 0 : LONGEST * bar.value() / group.longest();
        double baseline = y + BAR - 3;
        boolean ours = bar.role() == Role.OURS;
        picture.words(MARGIN, baseline, bar.name(), 12, ours, INK);
        picture.box(NAMES, y, Math.max(length, 1), BAR, CORNER, color(bar.role()));
        picture.words(NAMES + Math.max(length, 1) + 8, baseline, group.told(bar), 12, ours, INK);
    }

    /** They differ in lightness too, for those who do not tell colours apart. */
    private static Color color(Role role) {
        return switch (role) {
            case OURS -> new Color(0x0969DA);
            case PEER -> new Color(0xB1BAC4);
            case REFERENCE -> new Color(0xE3E8ED);
            case LIMIT -> new Color(0x2D333B);
        };
    }
}
