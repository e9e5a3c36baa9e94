package dev.tidegate.client.error;

/**
 * Where an error happened.
 *
 * @param database current at that time; empty before the login
 * @param operation what was being done, for instance "execute", "login", "bulk load into dbo.orders"
 */
public record ErrorContext(String host, int port, String database, String operation) {
    /** One line for the end of a message. */
    @Override
    public String toString() {
        return operation + " at " + host + ":" + port + (database.isEmpty() ? "" : "/" + database);
    }
}
