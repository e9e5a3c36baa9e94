package dev.tidegate.client.range;

import java.sql.SQLFeatureNotSupportedException;

/** The database does not allow snapshot isolation, without which several connections do not see the same rows. */
public final class NoSnapshotException extends SQLFeatureNotSupportedException {
    private static final long serialVersionUID = 1L;

    NoSnapshotException(String reason) {
        super(reason, "0A000");
    }
}
