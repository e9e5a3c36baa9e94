package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.frame.Costs;

/** The main class of a {@link ReadProbe}'s JVM: contender, port, data set, rows, milliseconds of warm-up and of measuring. */
final class ReadRun {
    private ReadRun() {}

    public static void main(String... arguments) throws Exception {
        ReadContender contender = ReadContender.valueOf(arguments[0]);
        DataSet set = DataSet.valueOf(arguments[2]);
        try (RowReader reader = contender.open(Integer.parseInt(arguments[1]), set)) {
            System.out.println(Costs.measure(
                            reader::read, Long.parseLong(arguments[3]), Long.parseLong(arguments[4]), Long.parseLong(arguments[5]))
                    .print());
        }
    }
}
