package dev.tidegate.bench.replay;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Field;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/** Takes rows of a data set in their order and refuses any that is not the generated one. */
final class CheckedLoad implements BulkTarget {
    private final DataSet set;
    private final Object[] expected;
    private final long first;
    private final LongConsumer finished;
    private long rows;

    private CheckedLoad(DataSet set, long first, LongConsumer finished) {
        this.set = set;
        this.expected = new Object[set.fields().size()];
        this.first = first;
        this.finished = finished;
    }

    /**
     * @param first number of the row that the load has to begin with
     * @param finished told the number of rows
     * @throws SqlServerException if no data set has these columns
     */
    static CheckedLoad of(List<Column> columns, long first, LongConsumer finished) throws SqlServerException {
        List<String> names = columns.stream().map(Column::name).toList();
        DataSet set = Arrays.stream(DataSet.values())
                .filter(candidate -> candidate.fields().stream().map(Field::name).toList().equals(names))
                .findFirst()
                .orElseThrow(() -> refused("no data set has the columns " + names));
        return new CheckedLoad(set, first, finished);
    }

    @Override
    public void add(Object[] values) throws SqlServerException {
        set.row(first + rows++, expected);
        for (int i = 0; i < expected.length; i++) {
            if (!Objects.equals(expected[i], values[i])) {
                throw refused("row " + (first + rows) + ", column " + set.fields().get(i).name() + ": " + values[i] + " instead of " + expected[i]);
            }
        }
    }

    @Override
    public long finish() {
        finished.accept(rows);
        return rows;
    }

    @Override
    public void close() {}

    private static SqlServerException refused(String text) {
        return new SqlServerException(50_000, 1, 16, text);
    }
}
