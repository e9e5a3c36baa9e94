package dev.tidegate.jdbc;

/**
 * How a batch of parameter rows reached the server: as a bulk load, or by a call for each row with up to 500 calls in one request, and why.
 */
public enum BatchWay {
    /** The first row by a call, all others as a bulk load. */
    LOADED,
    /** A load was tried, failed, and was taken back; the rows went again by calls, so that the errors are those of the rows. */
    LOAD_FAILED,
    /** {@code useBulkCopyForBatchInsert=false}. */
    SWITCHED_OFF,
    /** Too few rows for a load to be worth its requests. */
    FEW_ROWS,
    /** The identity values of the rows were asked for. */
    KEYS_WANTED,
    /** The statement is no plain INSERT of one row of parameters into a table of the current database. */
    OTHER_STATEMENT,
    /** A value is a stream, which cannot be sent a second time. */
    STREAM,
    /** The first row has failed, or the server told no count of it ({@code SET NOCOUNT ON}). */
    FIRST_ROW,
    /** The server is one that does not take bulk loads, or has not told what had to be known. */
    SERVER,
    /** An error of the load would end the user's transaction ({@code SET XACT_ABORT ON}), or it is doomed already. */
    TRANSACTION,
    /** The user may not see the definitions of the database, or may not read the table, so that nothing can be known for certain. */
    PERMISSION,
    /** It is no ordinary table: a view, a synonym, temporal, memory-optimized, external, a graph's or a ledger's, … */
    TABLE,
    /** A trigger fires on INSERT. */
    TRIGGER,
    /** A security policy applies to the table. */
    SECURITY_POLICY,
    /** A constraint or a default depends on the rows that are inserted one after the other. */
    CONSTRAINT,
    /** A column that is not ordinary: identity, computed, rowversion, sparse, encrypted, of a user's type, with a rule, … */
    COLUMN,
    /** A value would not be exactly the same after a conversion, or does not fit its column. */
    VALUE
}
