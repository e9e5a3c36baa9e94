package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Field;
import dev.tidegate.bench.data.Kind;
import dev.tidegate.bench.data.Tally;
import java.time.LocalDate;
import java.util.List;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.Text;

/** Adds up the values of record batches, whoever has made them. */
final class ArrowTally {
    private final List<Kind> kinds;
    private final Tally tally = new Tally();

    ArrowTally(DataSet set) {
        this.kinds = set.fields().stream().map(Field::kind).toList();
    }

    void add(VectorSchemaRoot batch) {
        for (int row = 0; row < batch.getRowCount(); row++) {
            tally.row();
        }
        for (int column = 0; column < kinds.size(); column++) {
            for (int row = 0; row < batch.getRowCount(); row++) {
                tally.add(kinds.get(column), value(batch.getVector(column), row));
            }
        }
    }

    private static Object value(FieldVector vector, int row) {
        Object value = vector.getObject(row);
        if (value != null && vector instanceof DateDayVector days) {
            return LocalDate.ofEpochDay(days.get(row));
        }
        return value instanceof Text text ? text.toString() : value;
    }

    Tally tally() {
        return tally;
    }
}
