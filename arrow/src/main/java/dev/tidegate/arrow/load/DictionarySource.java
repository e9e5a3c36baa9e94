package dev.tidegate.arrow.load;

import dev.tidegate.client.column.Misfit;
import java.util.function.Supplier;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** A column that names its values by their places in a dictionary. The values are read there, where each is checked as often as it is used. */
final class DictionarySource extends VectorSource {
    private final Wholes wholes;
    private final VectorSource values;
    private final Supplier<FieldVector> dictionary;
    private ArrowBuf places;
    private int size;

    /**
     * @param wholes reads the places
     * @param values of the dictionary
     * @param dictionary the one of the present batch: a later batch may bring another
     */
    DictionarySource(String column, Wholes wholes, VectorSource values, Supplier<FieldVector> dictionary) {
        super(column);
        this.wholes = wholes;
        this.values = values;
        this.dictionary = dictionary;
    }

    @Override
    void begin(FieldVector next) {
        super.begin(next);
        places = next.getDataBuffer();
        FieldVector current = dictionary.get();
        size = current.getValueCount();
        values.begin(current);
    }

    private int place(int row) {
        long place = wholes.get(places, row);
        if (place < 0 || place >= size) {
            throw misfit(row, place, "the dictionary has " + size + " values");
        }
        return (int) place;
    }

    /** Asks for a value in the dictionary; what does not fit is told with the row of the batch. */
    private interface Question<T> {
        T ask(int place);
    }

    private <T> T ask(int row, Question<T> question) {
        int place = place(row);
        try {
            return question.ask(place);
        } catch (Misfit e) {
            throw e.atRow(row);
        }
    }

    @Override
    public boolean isNull(int row) {
        return super.isNull(row) || values.isNull(place(row));
    }

    @Override
    public long getLong(int row) {
        return ask(row, values::getLong);
    }

    @Override
    public double getDouble(int row) {
        return ask(row, values::getDouble);
    }

    @Override
    public long getDecimalLow(int row) {
        return ask(row, values::getDecimalLow);
    }

    @Override
    public long getDecimalHigh(int row) {
        return ask(row, values::getDecimalHigh);
    }

    @Override
    public int getEpochDay(int row) {
        return ask(row, values::getEpochDay);
    }

    @Override
    public long getTicks(int row) {
        return ask(row, values::getTicks);
    }

    @Override
    public int getOffsetMinutes(int row) {
        return ask(row, values::getOffsetMinutes);
    }

    @Override
    public long getUuidHigh(int row) {
        return ask(row, values::getUuidHigh);
    }

    @Override
    public long getUuidLow(int row) {
        return ask(row, values::getUuidLow);
    }

    @Override
    public CharSequence getText(int row) {
        return ask(row, values::getText);
    }

    @Override
    public byte[] getBytes(int row) {
        return ask(row, values::getBytes);
    }
}
