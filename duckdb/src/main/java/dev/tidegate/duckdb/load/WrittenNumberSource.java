package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.NumberRange;
import dev.tidegate.duckdb.text.NumberText;
import java.math.BigDecimal;
import java.math.BigInteger;

/** bit, whole numbers, decimal and money, from texts. */
final class WrittenNumberSource extends NumberSource {
    private final boolean bit;
    private final String target;

    WrittenNumberSource(String column, NumberRange range, boolean rounds) {
        super(column, range, rounds);
        bit = range.highest().equals(BigInteger.ONE);
        target = range.target();
    }

    @Override
    BigDecimal value(int row) {
        String text = text(row);
        BigDecimal number = NumberText.parse(text);
        if (number != null) {
            return number;
        }
        if (bit && text.equalsIgnoreCase("true")) {
            return BigDecimal.ONE;
        }
        if (bit && text.equalsIgnoreCase("false")) {
            return BigDecimal.ZERO;
        }
        throw misfit(row, text, "that is not a number as " + target + " takes it" + (bit ? ", nor true or false" : ""));
    }
}
