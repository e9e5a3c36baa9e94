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

    /** What this server says where it cannot do what SQL Server does. */
    private static final int UNSUPPORTED = 40510;
    /** The severity of what is found when a batch is compiled. */
    private static final int SYNTAX = 15;

    /**
     * The effect of an error. An unknown number, such as one that RAISERROR chose, fails its statement only; but after an error of
     * syntax, or what this server cannot do, nothing may run that counts on it.
     */
    public static ErrorEffect of(int number, int severity) {
        return KnownError.ofNumber(number)
                .map(KnownError::effect)
                .orElse(severity == SYNTAX || number == UNSUPPORTED ? BATCH : STATEMENT);
    }
}
