package dev.tidegate.client.pool;

import dev.tidegate.client.Lender;
import dev.tidegate.client.PendingConnection;
import dev.tidegate.client.PhysicalConnection;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.SQLException;
import java.time.Duration;

/** A connection to SQL Server, as a pool sees it. */
final class PooledSession implements Pooled {
    private final PhysicalConnection physical;

    private PooledSession(PhysicalConnection physical) {
        this.physical = physical;
    }

    static Opener<PooledSession> opener(ConnectionSettings settings) {
        return () -> new OnItsWay(new PendingConnection(settings));
    }

    private record OnItsWay(PendingConnection pending) implements Opener.Opening<PooledSession> {
        @Override
        public PooledSession open() throws SQLException {
            return new PooledSession(new PhysicalConnection(pending.open()));
        }

        @Override
        public void abort() {
            pending.close();
        }
    }

    <L> TdsConnection lend(Lender<L> lender, L lease) {
        return physical.lend(lender, lease);
    }

    boolean isOpen() {
        return physical.isOpen();
    }

    @Override
    public boolean isQuiet() {
        return physical.isQuiet();
    }

    @Override
    public boolean isValid(Duration limit) {
        return physical.isValid(limit);
    }

    @Override
    public long silence() {
        return physical.silence();
    }

    @Override
    public String recycle() {
        try {
            physical.takeBack();
            return null;
        } catch (SQLException e) {
            return e.getMessage();
        }
    }

    @Override
    public boolean wasCut() {
        return physical.wasCut();
    }

    @Override
    public void close(CloseReason reason) {
        physical.close(reason.name());
    }
}
