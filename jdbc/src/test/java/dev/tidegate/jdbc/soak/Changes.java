package dev.tidegate.jdbc.soak;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.jdbc.TidegateConnection;
import dev.tidegate.jdbc.soak.Ledger.Load;
import dev.tidegate.jdbc.soak.Ledger.Transfer;
import dev.tidegate.jdbc.transaction.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import javax.sql.DataSource;

/** Work that changes data, and enters in the ledger what the driver says of it. */
final class Changes {
    private static final int MOST_ROWS = 400;

    private final DataSource source;
    private final Ledger ledger;
    private final Later later;

    Changes(DataSource source, Ledger ledger, Later later) {
        this.source = source;
        this.ledger = ledger;
        this.later = later;
    }

    /** A transaction that is committed. */
    void transfer(Random random) throws SQLException {
        Transfer transfer = any(random);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            move(connection, transfer);
            commit(connection, transfer);
        } catch (SQLException e) {
            ledger.failed(transfer, e);
            throw e;
        }
    }

    /** As {@link #transfer}, and another thread closes the connection or cancels what runs on it, at any moment. */
    void disturbed(Random random) throws SQLException {
        Transfer transfer = any(random);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            if (random.nextBoolean()) {
                later.run(random, "close of a connection in use", connection::close);
            } else {
                later.run(random, "cancel in a transaction", connection.unwrap(TdsConnection.class)::cancel);
            }
            move(connection, transfer);
            commit(connection, transfer);
        } catch (SQLException e) {
            ledger.failed(transfer, e);
            throw e;
        }
    }

    /** A transaction that is rolled back, or left open when its connection is given back. */
    void givenUp(Random random) throws SQLException {
        Transfer transfer = any(random);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            move(connection, transfer);
            if (random.nextBoolean()) {
                connection.rollback();
            }
        } finally {
            ledger.is(transfer, Fate.ABSENT, "given up");
        }
    }

    /** Two transfers, of which the second is rolled back to a savepoint. */
    void savepoint(Random random) throws SQLException {
        Transfer kept = any(random);
        Transfer dropped = any(random);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            move(connection, kept);
            Savepoint before = connection.setSavepoint();
            move(connection, dropped);
            connection.rollback(before);
            commit(connection, kept);
        } catch (SQLException e) {
            ledger.failed(kept, e);
            throw e;
        } finally {
            ledger.is(dropped, Fate.ABSENT, "rolled back to a savepoint");
        }
    }

    /** The scope that repeats what can be repeated. */
    void scope(Random random) throws SQLException {
        Transfer transfer = any(random);
        try {
            Transactions.on(source)
                    .pauses(Duration.ofMillis(1), Duration.ofMillis(50))
                    .run(connection -> {
                        move(connection, transfer);
                        return null;
                    });
            ledger.is(transfer, Fate.CONFIRMED, "committed");
        } catch (SQLException e) {
            ledger.failed(transfer, e);
            throw e;
        }
    }

    /** A whole transaction in one batch of T-SQL: if it fails, nobody knows how far it had come. */
    void batch(Random random) throws SQLException {
        Transfer transfer = any(random);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            // Without it a lock time-out ends one statement, and the others are committed.
            statement.execute(
                    "SET XACT_ABORT ON; BEGIN TRANSACTION; " + half(transfer.source(), -transfer.amount()) + "; "
                            + half(transfer.target(), transfer.amount())
                            + "; INSERT INTO transfers VALUES (" + transfer.number() + ", " + transfer.source() + ", "
                            + transfer.target() + ", " + transfer.amount() + "); COMMIT");
            while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                // Errors may stand behind each of them.
            }
            ledger.is(transfer, Fate.CONFIRMED, "committed");
        }
    }

    /** A bulk load, alone or in a transaction, now and then given up in its middle. */
    void load(Random random) throws SQLException {
        Load load = ledger.load(1 + random.nextInt(MOST_ROWS));
        boolean givenUp = random.nextInt(5) == 0;
        boolean inTransaction = random.nextBoolean();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(!inTransaction);
            if (random.nextInt(8) == 0) {
                later.run(random, "close of a connection in a load", connection::close);
            }
            write(connection, load, givenUp ? random.nextInt(load.rows()) : load.rows());
            if (inTransaction) {
                connection.commit();
            }
            ledger.is(load, Fate.CONFIRMED, "finished");
        } catch (SQLException e) {
            ledger.failed(load, e);
            throw e;
        } finally {
            if (givenUp) {
                ledger.is(load, Fate.ABSENT, "given up");
            }
        }
        if (!givenUp) {
            unload(load);
        }
    }

    private static void write(Connection connection, Load load, int rows) throws SQLException {
        try (BulkLoad bulk = connection.unwrap(TidegateConnection.class).bulkLoad("loads", BulkLoadOptions.DEFAULTS)) {
            for (int row = 1; row <= rows; row++) {
                bulk.writeRow(load.number(), row);
            }
            if (rows == load.rows()) {
                bulk.finish();
            }
        }
    }

    /** Takes a load out again, so that the table stays small, and checks that it was there as a whole. */
    private void unload(Load load) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement delete = connection.prepareStatement("DELETE FROM loads WHERE number = ?")) {
            ledger.is(load, Fate.UNKNOWN, "being deleted");
            delete.setLong(1, load.number());
            int deleted = delete.executeUpdate();
            if (deleted != load.rows()) {
                throw new AssertionError(load + " was confirmed; " + deleted + " of its rows were there");
            }
            ledger.is(load, Fate.ABSENT, "deleted");
        }
    }

    private Transfer any(Random random) {
        int source = random.nextInt(Ledger.ACCOUNTS);
        int target = (source + 1 + random.nextInt(Ledger.ACCOUNTS - 1)) % Ledger.ACCOUNTS;
        return ledger.transfer(source, target, 1 + random.nextInt(100));
    }

    private static void move(Connection connection, Transfer transfer) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            changeOne(statement, half(transfer.source(), -transfer.amount()));
            changeOne(statement, half(transfer.target(), transfer.amount()));
        }
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO transfers VALUES (?, ?, ?, ?)")) {
            row.setLong(1, transfer.number());
            row.setInt(2, transfer.source());
            row.setInt(3, transfer.target());
            row.setInt(4, transfer.amount());
            if (row.executeUpdate() != 1) {
                throw new AssertionError("the row of " + transfer + " was not inserted");
            }
        }
    }

    private static String half(int account, int amount) {
        return "UPDATE accounts SET balance = balance + " + amount + " WHERE id = " + account;
    }

    private static void changeOne(Statement statement, String sql) throws SQLException {
        int changed = statement.executeUpdate(sql);
        if (changed != 1) {
            throw new AssertionError(sql + " has changed " + changed + " rows");
        }
    }

    private void commit(Connection connection, Transfer transfer) throws SQLException {
        connection.commit();
        ledger.is(transfer, Fate.CONFIRMED, "committed");
    }
}
