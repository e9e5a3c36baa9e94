package dev.tidegate.bench.jdbc;

/** A driver that is compared, with the beginning of its URLs. */
enum Driver {
    TIDEGATE("Tidegate", "jdbc:tidegate"),
    MSSQL_JDBC("mssql-jdbc", "jdbc:sqlserver");

    private final String label;
    private final String scheme;

    Driver(String label, String scheme) {
        this.label = label;
        this.scheme = scheme;
    }

    String label() {
        return label;
    }

    /** Of a server on this machine that requires no encryption. */
    String url(int port) {
        return scheme + "://127.0.0.1:" + port + ";encrypt=false";
    }
}
