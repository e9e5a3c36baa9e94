package dev.tidegate.client.credentials;

/** User and password of a SQL Server login. */
public record SqlPassword(String user, String password) implements Credentials {
    /** Without the password. */
    @Override
    public String toString() {
        return "SqlPassword[" + user + "]";
    }
}
