package dev.tidegate.bench.engine;

import dev.tidegate.bench.data.Tally;
import dev.tidegate.bench.frame.Costs;

/** The main class of an {@link EngineProbe}'s JVM: contender, ports of the filled and the empty server, rows, milliseconds of warm-up and of measuring. */
final class EngineRun {
    private EngineRun() {}

    public static void main(String... arguments) throws Exception {
        EngineContender contender = EngineContender.valueOf(arguments[0]);
        int rows = Integer.parseInt(arguments[3]);
        try (Move move = contender.open(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), rows)) {
            Costs costs = Costs.measure(move::run, rows, Long.parseLong(arguments[4]), Long.parseLong(arguments[5]));
            check(move.arrived(), rows);
            System.out.println(costs.print());
        }
    }

    /** @throws IllegalStateException if not every value is what it was on the other side */
    static void check(Tally arrived, int rows) throws Exception {
        Tally expected = LineItemServer.tally(rows);
        if (arrived.rows() != rows || arrived.sum() != expected.sum()) {
            throw new IllegalStateException(arrived.rows() + " rows with the checksum " + arrived.sum() + " have arrived, instead of "
                    + rows + " with " + expected.sum());
        }
    }
}
