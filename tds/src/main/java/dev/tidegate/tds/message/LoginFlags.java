package dev.tidegate.tds.message;

/**
 * The flag bytes of LOGIN7 ([MS-TDS] 2.2.6.4). Kept as bytes, so that bits without a name survive.
 *
 * @param options1 OptionFlags1
 * @param options2 OptionFlags2
 * @param type TypeFlags
 * @param options3 OptionFlags3
 */
public record LoginFlags(int options1, int options2, int type, int options3) {
    /** In {@link #options1}: the client wants to be told of USE. */
    public static final int USE_DB_NOTIFY = 0x20;
    /** In {@link #options1}: a database that cannot be opened fails the login. */
    public static final int DATABASE_FATAL = 0x40;
    /** In {@link #options1}: the client wants to be told of SET LANGUAGE. */
    public static final int SET_LANGUAGE_WARN = 0x80;

    /** In {@link #options2}: a language that cannot be set fails the login. */
    public static final int LANGUAGE_FATAL = 0x01;
    /** In {@link #options2}: an ODBC-like client; the server then sets ANSI options. */
    public static final int ODBC = 0x02;
    /** In {@link #options2}: integrated login, SSPI. */
    public static final int INTEGRATED_SECURITY = 0x80;

    /** In {@link #type}: the low four bits; 1 stands for T-SQL. */
    public static final int SQL_TYPE_MASK = 0x0F;
    /** In {@link #type}: the application only reads. */
    public static final int READ_ONLY_INTENT = 0x20;

    /** In {@link #options3}: the password is to be changed. */
    public static final int CHANGE_PASSWORD = 0x01;
    /** In {@link #options3}: XML data may be binary. */
    public static final int SEND_YUKON_BINARY_XML = 0x02;
    /** In {@link #options3}: the client wants a user instance. */
    public static final int USER_INSTANCE = 0x04;
    /** In {@link #options3}: the client handles unknown collations. */
    public static final int UNKNOWN_COLLATION_HANDLING = 0x08;
    /** In {@link #options3}: there is a FeatureExt block. */
    public static final int EXTENSION = 0x10;

    /** What a client like Microsoft's sends: notify of USE and language, both fatal, ODBC, unknown collations handled. */
    public static final LoginFlags DEFAULT = new LoginFlags(
            USE_DB_NOTIFY | DATABASE_FATAL | SET_LANGUAGE_WARN, LANGUAGE_FATAL | ODBC, 0, UNKNOWN_COLLATION_HANDLING);

    public boolean integratedSecurity() {
        return (options2 & INTEGRATED_SECURITY) != 0;
    }

    public boolean odbc() {
        return (options2 & ODBC) != 0;
    }

    public boolean readOnlyIntent() {
        return (type & READ_ONLY_INTENT) != 0;
    }

    public boolean changePassword() {
        return (options3 & CHANGE_PASSWORD) != 0;
    }

    public boolean extension() {
        return (options3 & EXTENSION) != 0;
    }

    public LoginFlags withOptions2(int bit, boolean on) {
        return new LoginFlags(options1, set(options2, bit, on), type, options3);
    }

    public LoginFlags withType(int bit, boolean on) {
        return new LoginFlags(options1, options2, set(type, bit, on), options3);
    }

    public LoginFlags withOptions3(int bit, boolean on) {
        return new LoginFlags(options1, options2, type, set(options3, bit, on));
    }

    private static int set(int flags, int bit, boolean on) {
        return on ? flags | bit : flags & ~bit;
    }
}
