package dev.tidegate.bench.load;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Kind;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** Rows of a data set that were made beforehand, so that making them is not measured. */
final class ReadyRows {
    private final Object[][] rows;

    private ReadyRows(Object[][] rows) {
        this.rows = rows;
    }

    /** Values as Tidegate takes them. */
    static ReadyRows of(DataSet set, int count) {
        Object[][] rows = new Object[Math.min(count, DataSet.REPEAT)][set.fields().size()];
        for (int row = 0; row < rows.length; row++) {
            set.row(row, rows[row]);
        }
        return new ReadyRows(rows);
    }

    /** Values in the classes of java.sql. */
    static ReadyRows ofSql(DataSet set, int count) {
        ReadyRows ready = of(set, count);
        for (int column = 0; column < set.fields().size(); column++) {
            Kind kind = set.fields().get(column).kind();
            if (kind == Kind.DATE || kind == Kind.TIMESTAMP) {
                for (Object[] row : ready.rows) {
                    row[column] = sql(row[column]);
                }
            }
        }
        return ready;
    }

    private static Object sql(Object value) {
        return switch (value) {
            case LocalDate date -> Date.valueOf(date);
            case LocalDateTime moment -> Timestamp.valueOf(moment);
            case null, default -> value;
        };
    }

    Object[] row(int number) {
        return rows[number % rows.length];
    }
}
