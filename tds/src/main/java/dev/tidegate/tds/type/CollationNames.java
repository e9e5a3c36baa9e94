package dev.tidegate.tds.type;

import java.util.Optional;

/** Names of collations. */
final class CollationNames {
    private CollationNames() {}

    static Optional<String> nameOf(Collation collation) {
        if (collation.equals(Collation.DEFAULT)) {
            return Optional.of("SQL_Latin1_General_CP1_CI_AS");
        }
        return collation.equals(Collation.UTF8) ? Optional.of("Latin1_General_100_CI_AS_SC_UTF8") : Optional.empty();
    }

    static Optional<Collation> collationOf(String name) {
        if (name.equalsIgnoreCase("SQL_Latin1_General_CP1_CI_AS")) {
            return Optional.of(Collation.DEFAULT);
        }
        return name.equalsIgnoreCase("Latin1_General_100_CI_AS_SC_UTF8")
                ? Optional.of(Collation.UTF8)
                : Optional.empty();
    }
}
