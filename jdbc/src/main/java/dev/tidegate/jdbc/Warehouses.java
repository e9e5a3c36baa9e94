package dev.tidegate.jdbc;

import java.util.List;
import java.util.Locale;

/** Servers that are known by their names to take no bulk load, and of which some end the connection when they are asked too much. */
final class Warehouses {
    private static final List<String> DOMAINS = List.of(
            ".datawarehouse.fabric.microsoft.com",
            ".datawarehouse.pbidedicated.windows.net",
            ".sql.azuresynapse.net",
            ".sql.azuresynapse.usgovcloudapi.net",
            ".sql.azuresynapse.azure.cn");

    private Warehouses() {}

    static boolean isOne(String host) {
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return DOMAINS.stream().anyMatch(name::endsWith);
    }
}
