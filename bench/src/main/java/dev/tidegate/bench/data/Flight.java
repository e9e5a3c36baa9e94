package dev.tidegate.bench.data;

import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.time.LocalDateTime;
import java.util.List;

/** When, how late, how far, from where, to where. */
final class Flight {
    private static final LocalDateTime FIRST = LocalDateTime.of(2001, 1, 1, 0, 0);
    private static final int MINUTES = 60 * 24 * 365;
    private static final String[] AIRPORTS = {"ATL", "ORD", "DFW", "LAX", "PHX", "DEN", "IAH", "LAS", "DTW", "MSP", "SLC", "SEA"};

    static final List<Field> FIELDS = List.of(
            new Field("departure", TypeInfo.datetime2(0), false, (row, random) -> FIRST.plusMinutes(random % MINUTES)),
            new Field("delay", TypeInfo.smallint(), true, (row, random) -> random % 50 == 0 ? null : (short) (random % 400 - 60)),
            new Field("distance", TypeInfo.integer(), false, (row, random) -> (int) (random % 4_000)),
            airport("origin"),
            airport("destination"));

    private Flight() {}

    private static Field airport(String name) {
        return new Field(name, TypeInfo.charType(3, Collation.DEFAULT), false, (row, random) -> AIRPORTS[(int) (random % AIRPORTS.length)]);
    }
}
