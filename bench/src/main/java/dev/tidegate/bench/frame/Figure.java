package dev.tidegate.bench.frame;

/**
 * One number that a run has measured.
 *
 * @param name the same in every run of a comparison, such as {@code throughput}
 * @param unit as it is printed, such as {@code ops/ms}
 * @param better which of two values wins
 */
public record Figure(String name, String unit, Better better, double value) {
    /** Which of two values wins. */
    public enum Better {
        HIGHER,
        LOWER
    }

    Figure with(double other) {
        return new Figure(name, unit, better, other);
    }
}
