package dev.tidegate.duckdb.push.remote;

import dev.tidegate.tds.type.TypeInfo;
import java.util.Objects;

/**
 * A column of a table on the server, and how DuckDB sees it.
 *
 * @param name on the server, where it is quoted whenever it is used
 * @param scanName in the result of the table function that scans it, as EXPLAIN shows it: one of {@link ScanNames}, where filters are
 *     wanted
 * @param duckdbName in the view over that function, which queries use
 * @param duckdbType as DESCRIBE shows it, for instance {@code DECIMAL(10,2)}
 * @param nullable false only if the server promises that there is no NULL
 * @param masked whether the server may send something else than the value ({@code is_masked} in {@code sys.masked_columns}): its conditions
 *     are about the value, DuckDB's about what is sent
 * @param unscaled whether the scan gives a decimal without its point, as a whole number of which the view makes the value: what a plan
 *     says of the scan's column alone is not said of the value
 */
public record RemoteColumn(
        String name,
        String scanName,
        String duckdbName,
        TypeInfo type,
        String duckdbType,
        boolean nullable,
        boolean masked,
        boolean unscaled) {
    public RemoteColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scanName, "scanName");
        Objects.requireNonNull(duckdbName, "duckdbName");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(duckdbType, "duckdbType");
    }

    /** A column that is not masked, whose scan gives its values. */
    public RemoteColumn(
            String name, String scanName, String duckdbName, TypeInfo type, String duckdbType, boolean nullable) {
        this(name, scanName, duckdbName, type, duckdbType, nullable, false, false);
    }

    /** The same column, masked. */
    public RemoteColumn asMasked() {
        return new RemoteColumn(name, scanName, duckdbName, type, duckdbType, nullable, true, unscaled);
    }

    /** The same column, as whole numbers in its scan. */
    public RemoteColumn asUnscaled() {
        return new RemoteColumn(name, scanName, duckdbName, type, duckdbType, nullable, masked, true);
    }

    /** A column that has one name everywhere, so that no filter is found for scans of its table. */
    public static RemoteColumn of(String name, TypeInfo type, String duckdbType, boolean nullable) {
        return new RemoteColumn(name, name, name, type, duckdbType, nullable);
    }
}
