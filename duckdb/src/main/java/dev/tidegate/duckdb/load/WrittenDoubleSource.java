package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.Loss;
import dev.tidegate.duckdb.text.NumberText;
import java.math.BigDecimal;
import java.util.Set;
import org.duckdb.DuckDBReadableVector;

/** real and float, from texts. */
final class WrittenDoubleSource extends DoubleSource {
    private int currentRow = -1;
    private double current;
    private BigDecimal number;

    WrittenDoubleSource(String column, boolean single, Set<Loss> allowed) {
        super(column, single, allowed);
    }

    @Override
    void begin(DuckDBReadableVector next) {
        super.begin(next);
        currentRow = -1;
    }

    @Override
    double value(int row) {
        if (row != currentRow) {
            read(row);
            currentRow = row;
        }
        return current;
    }

    @Override
    Object shown(int row) {
        return text(row);
    }

    @Override
    boolean isRounded(int row, double value) {
        return !NumberText.isKeptBy(value, number);
    }

    @Override
    String remedy() {
        return (isSingle() ? "real" : "float") + " cannot hold all its digits; allow their loss (--lossy digits)";
    }

    private void read(int row) {
        String text = text(row);
        number = NumberText.parse(text);
        Double special = number == null ? NumberText.nonFinite(text) : null;
        if (number == null && special == null) {
            throw misfit(row, text, "that is not a number");
        }
        current = special != null ? special : isSingle() ? Float.parseFloat(text) : Double.parseDouble(text);
        if (special == null && (Double.isInfinite(current) || current == 0 && number.signum() != 0)) {
            throw misfit(row, text, "that is beyond the numbers of a " + (isSingle() ? "real" : "float"));
        }
    }
}
