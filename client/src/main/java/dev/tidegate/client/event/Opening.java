package dev.tidegate.client.event;

import dev.tidegate.client.error.ErrorContext;

/** A connection on its way. One of the two methods ends it. */
public interface Opening {
    /** Of what nobody records. */
    Opening NONE = new Opening() {
        @Override
        public void opened(ErrorContext where, boolean encrypted) {}

        @Override
        public void failed(ErrorContext where, String sqlState) {}
    };

    /** @param encrypted whether everything is, not only the login */
    void opened(ErrorContext where, boolean encrypted);

    /** @param sqlState of the error; null if it was none of SQL */
    void failed(ErrorContext where, String sqlState);
}
