package dev.tidegate.jdbc.soak;

import dev.tidegate.jdbc.transaction.TransactionOutcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The model of the server's data: every transfer between accounts and every bulk load that was ever tried, and what became of it as far as
 * the driver has told. A transaction that makes a transfer moves the money and writes one row with the transfer's number, so that the rows
 * say which transfers took place, and the balances whether each of them did so as a whole.
 */
final class Ledger {
    static final int ACCOUNTS = 64;
    static final long OPENING_BALANCE = 1_000_000;

    private static final int SHOWN = 20;

    /** Moves {@code amount} from one account to another. */
    record Transfer(long number, int source, int target, int amount) {}

    /** Rows 1 to {@code rows} under the load's number. */
    record Load(long number, int rows) {}

    /** @param why what the driver said, for whoever has to find out */
    private record Verdict(Fate fate, String why) {
        private static final Verdict NONE = new Verdict(Fate.UNKNOWN, "not ended");

        static Verdict of(SQLException e) {
            boolean unknown = TransactionOutcome.of(e) == TransactionOutcome.UNKNOWN;
            return new Verdict(unknown ? Fate.UNKNOWN : Fate.ABSENT, e + " at " + List.of(e.getStackTrace()));
        }
    }

    private final AtomicLong numbers = new AtomicLong();
    private final Map<Transfer, Verdict> transfers = new ConcurrentHashMap<>();
    private final Map<Load, Verdict> loads = new ConcurrentHashMap<>();

    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE accounts (id INT NOT NULL PRIMARY KEY, balance BIGINT NOT NULL)");
            statement.execute("CREATE TABLE transfers (number BIGINT NOT NULL PRIMARY KEY,"
                    + " source INT NOT NULL, target INT NOT NULL, amount INT NOT NULL)");
            statement.execute("CREATE TABLE loads (number BIGINT NOT NULL, n INT NOT NULL)");
            statement.execute("CREATE INDEX loads_by_number ON loads (number)");
            for (int account = 0; account < ACCOUNTS; account++) {
                statement.execute("INSERT INTO accounts VALUES (" + account + ", " + OPENING_BALANCE + ")");
            }
        }
    }

    /** A transfer that nobody has tried yet. */
    Transfer transfer(int source, int target, int amount) {
        Transfer transfer = new Transfer(numbers.incrementAndGet(), source, target, amount);
        transfers.put(transfer, Verdict.NONE);
        return transfer;
    }

    /** A load that nobody has tried yet. */
    Load load(int rows) {
        Load load = new Load(numbers.incrementAndGet(), rows);
        loads.put(load, Verdict.NONE);
        return load;
    }

    void is(Transfer transfer, Fate fate, String why) {
        transfers.put(transfer, new Verdict(fate, why));
    }

    void is(Load load, Fate fate, String why) {
        loads.put(load, new Verdict(fate, why));
    }

    /** What the driver has not confirmed has failed, and this says how. */
    void failed(Transfer transfer, SQLException e) {
        transfers.replace(transfer, Verdict.NONE, Verdict.of(e));
    }

    void failed(Load load, SQLException e) {
        loads.replace(load, Verdict.NONE, Verdict.of(e));
    }

    /** How many transfers and loads have met this fate. */
    long count(Fate fate) {
        return Stream.concat(transfers.values().stream(), loads.values().stream())
                .filter(verdict -> verdict.fate() == fate)
                .count();
    }

    /** Compares the server's data with all of this; what is wrong, one line each, nothing if they agree. */
    List<String> differences(Connection connection) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            compareTransfers(statement, wrong);
            compareLoads(statement, wrong);
        }
        return wrong.size() <= SHOWN ? wrong : List.of(wrong.size() + " differences, the first:", wrong.get(0));
    }

    private void compareTransfers(Statement statement, List<String> wrong) throws SQLException {
        long[] balances = new long[ACCOUNTS];
        java.util.Arrays.fill(balances, OPENING_BALANCE);
        Map<Transfer, Boolean> stored = new ConcurrentHashMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT number, source, target, amount FROM transfers")) {
            while (rows.next()) {
                Transfer transfer = new Transfer(rows.getLong(1), rows.getInt(2), rows.getInt(3), rows.getInt(4));
                stored.put(transfer, true);
                balances[transfer.source()] -= transfer.amount();
                balances[transfer.target()] += transfer.amount();
                Verdict verdict = transfers.get(transfer);
                if (verdict == null || verdict.fate() == Fate.ABSENT) {
                    wrong.add(transfer + " is there; the driver has said: " + verdict);
                }
            }
        }
        transfers.forEach((transfer, verdict) -> {
            if (verdict.fate() == Fate.CONFIRMED && !stored.containsKey(transfer)) {
                wrong.add(transfer + " was confirmed and is not there");
            }
        });
        try (ResultSet rows = statement.executeQuery("SELECT id, balance FROM accounts ORDER BY id")) {
            int account = 0;
            for (; rows.next(); account++) {
                if (rows.getInt(1) != account || rows.getLong(2) != balances[account]) {
                    wrong.add("account " + rows.getInt(1) + " has " + rows.getLong(2) + "; its transfers make "
                            + balances[account]);
                }
            }
            if (account != ACCOUNTS) {
                wrong.add(account + " accounts");
            }
        }
    }

    private void compareLoads(Statement statement, List<String> wrong) throws SQLException {
        Map<Long, Long> stored = new ConcurrentHashMap<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT number, COUNT(*), COUNT(DISTINCT n), MAX(n) FROM loads GROUP BY number")) {
            while (rows.next()) {
                boolean whole = rows.getLong(2) == rows.getLong(3) && rows.getLong(2) == rows.getLong(4);
                stored.put(rows.getLong(1), whole ? rows.getLong(2) : -1);
            }
        }
        loads.forEach((load, verdict) -> {
            Long rows = stored.remove(load.number());
            boolean there = rows != null && rows == load.rows();
            boolean agrees = switch (verdict.fate()) {
                case CONFIRMED -> there;
                case ABSENT -> rows == null;
                case UNKNOWN -> there || rows == null;
            };
            if (!agrees) {
                wrong.add(load + ", which is " + verdict + ", has rows: " + rows + " (-1: not 1 to n)");
            }
        });
        if (!stored.isEmpty()) {
            wrong.add("loads that nobody has made: " + stored);
        }
    }
}
