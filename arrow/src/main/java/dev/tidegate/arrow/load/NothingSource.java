package dev.tidegate.arrow.load;

/** NULL in every row. */
final class NothingSource extends VectorSource {
    NothingSource(String column) {
        super(column);
    }

    @Override
    public boolean isNull(int row) {
        return true;
    }
}
