package dev.tidegate.server.h2.row;

import dev.tidegate.server.backend.SqlServerException;

/** Makes the errors of one column of a load, which name it. */
public interface LoadErrors {
    /** @param shown what of the value fits */
    SqlServerException truncated(String shown);

    /** @param why the bytes are no text */
    SqlServerException unreadable(String why);
}
