package dev.tidegate.bench.memory;

import dev.tidegate.bench.frame.Costs;

/** The main class of a {@link MemoryProbe}'s JVM: way, port, port of the data, rows. */
final class MemoryRun {
    private MemoryRun() {}

    public static void main(String... arguments) throws Exception {
        Way way = Way.valueOf(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        int dataPort = Integer.parseInt(arguments[2]);
        int rows = Integer.parseInt(arguments[3]);
        System.out.println(Costs.once(() -> way.run(port, dataPort, rows), rows).print());
    }
}
