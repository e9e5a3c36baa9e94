package dev.tidegate.client.column;

import dev.tidegate.tds.row.RefusedRowException;

/**
 * Thrown by a column's sink or source at a value that the other side cannot hold; whoever moves the batch makes an
 * {@link UnstorableValueException} of it, because only there the row's number is known. Unchecked because columns have no exception of
 * their own, and without a stack trace because it never leaves this module.
 */
public final class Misfit extends RefusedRowException {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final transient Object value;

    /**
     * @param row within the batch, from zero
     * @param reason why the other side cannot hold the value, and what to do
     */
    public Misfit(String column, int row, Object value, String reason) {
        super(reason, row);
        this.column = column;
        this.value = value;
    }

    /** The same of another row, for a value that stands elsewhere than where it is used. */
    public Misfit atRow(int other) {
        return new Misfit(column, other, value, getMessage());
    }

    /** @param rowsBefore how many rows came before those of the batch */
    public UnstorableValueException after(long rowsBefore) {
        return new UnstorableValueException(column, rowsBefore + row() + 1, value, getMessage());
    }

    /** For rows that come in no order, where a number would lead nobody to the value. */
    public UnstorableValueException somewhere() {
        return new UnstorableValueException(column, 0, value, getMessage());
    }
}
