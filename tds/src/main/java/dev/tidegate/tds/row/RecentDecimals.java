package dev.tidegate.tds.row;

import java.math.BigDecimal;

/** The numbers that a decimal column has had lately, by their digits. */
final class RecentDecimals {
    private final int scale;
    private final long[] keys = new long[Pairs.PLACES];
    private final BigDecimal[] values = new BigDecimal[Pairs.PLACES];
    private final Trial trial = new Trial(Pairs.PLACES);

    RecentDecimals(int scale) {
        this.scale = scale;
    }

    boolean isOver() {
        return trial.isOver();
    }

    BigDecimal get(long unscaled) {
        int place = Pairs.place(unscaled);
        BigDecimal known = known(place, unscaled);
        if (known == null) {
            known = known(Pairs.neighbour(place), unscaled);
        }
        trial.asked(known != null);
        return known != null ? known : add(place, unscaled);
    }

    private BigDecimal known(int place, long unscaled) {
        return keys[place] == unscaled ? values[place] : null;
    }

    private BigDecimal add(int place, long unscaled) {
        keys[Pairs.neighbour(place)] = keys[place];
        values[Pairs.neighbour(place)] = values[place];
        keys[place] = unscaled;
        values[place] = BigDecimal.valueOf(unscaled, scale);
        return values[place];
    }
}
