package dev.tidegate.bench.load;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.frame.Costs;

/**
 * The main class of a {@link LoadProbe}'s JVM: contender, port, port of the data, data set, rows, milliseconds of warm-up and of measuring.
 */
final class LoadRun {
    private LoadRun() {}

    public static void main(String... arguments) throws Exception {
        LoadContender contender = LoadContender.valueOf(arguments[0]);
        DataSet set = DataSet.valueOf(arguments[3]);
        int rows = Integer.parseInt(arguments[4]);
        try (Loader loader =
                contender.open(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), set, rows)) {
            System.out.println(Costs.measure(loader::load, rows, Long.parseLong(arguments[5]), Long.parseLong(arguments[6]))
                    .print());
        }
    }
}
