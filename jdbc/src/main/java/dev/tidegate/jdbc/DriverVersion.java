package dev.tidegate.jdbc;

/** Name and version of this driver. */
final class DriverVersion {
    static final String NAME = "Tidegate JDBC Driver";
    static final int MAJOR = 0;
    static final int MINOR = 1;

    private DriverVersion() {}

    static String text() {
        return MAJOR + "." + MINOR;
    }
}
