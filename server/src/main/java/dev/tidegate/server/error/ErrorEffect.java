package dev.tidegate.server.error;

/** What an error does beyond failing its own statement, while SET XACT_ABORT is OFF. */
public enum ErrorEffect {
    /** The statement is undone, the batch goes on with the next one. */
    STATEMENT,
    /** The batch ends; an open transaction stays open. Errors of name resolution and compilation are of this kind. */
    BATCH,
    /** The batch ends and an open transaction is rolled back as a whole. */
    TRANSACTION,
    /** The connection ends. */
    CONNECTION;

    /** The effect of an error of this number; an unknown number, such as one that RAISERROR or THROW chose, fails its statement only. */
    public static ErrorEffect ofNumber(int number) {
        return KnownError.ofNumber(number).map(KnownError::effect).orElse(STATEMENT);
    }
}
