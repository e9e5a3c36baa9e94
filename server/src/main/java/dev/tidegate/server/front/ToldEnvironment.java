package dev.tidegate.server.front;

import dev.tidegate.tds.token.EnvChange;

/** What the client believes of its session because ENVCHANGE tokens said so. Used by one thread at a time. */
final class ToldEnvironment {
    private final String loginDatabase;
    private String database;

    ToldEnvironment(String loginDatabase, String database) {
        this.loginDatabase = loginDatabase;
        this.database = database;
    }

    void changed(EnvChange change) {
        if (change instanceof EnvChange.Text text && text.type() == EnvChange.DATABASE) {
            database = text.newValue();
        }
    }

    /** After a reset the session is in the database of its login again. @return null if it was there before */
    EnvChange reset() {
        return database.equals(loginDatabase) ? null : new EnvChange.Text(EnvChange.DATABASE, loginDatabase, database);
    }
}
