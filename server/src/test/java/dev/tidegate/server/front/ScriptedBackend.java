package dev.tidegate.server.front;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend without a database: its sessions answer a few fixed commands, see {@link ScriptedSession}. */
public final class ScriptedBackend implements Backend {
    final List<ScriptedSession> sessions = new CopyOnWriteArrayList<>();
    final AtomicInteger closes = new AtomicInteger();

    @Override
    public BackendSession open(SessionOptions options) throws SqlServerException {
        if (options.database().equals("nowhere")) {
            throw new SqlServerException(
                    4060, 1, 11, "Cannot open database \"nowhere\" requested by the login. The login failed.");
        }
        ScriptedSession session = new ScriptedSession(options);
        sessions.add(session);
        return session;
    }

    ScriptedSession last() {
        return sessions.get(sessions.size() - 1);
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }
}
