package dev.tidegate.server;

import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.front.FrontSettings;
import dev.tidegate.server.front.Listener;
import dev.tidegate.server.h2.H2Backend;
import dev.tidegate.server.login.Logins;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/** Describes an {@link EmbeddedSqlServer} and starts it. Not thread-safe. */
public final class EmbeddedSqlServerBuilder {
    private static final String DEFAULT_DATABASE = "master";

    private final Logins logins = new Logins();
    private final List<String> databases = new ArrayList<>();
    private String host = "127.0.0.1";
    private int port;
    private Tls tls = Tls.none();
    private Limits limits = Limits.DEFAULT;
    private Path directory;
    private Backend backend;

    EmbeddedSqlServerBuilder() {}

    /** Address or name of the interface to listen on; 127.0.0.1 unless told, 0.0.0.0 for all. */
    public EmbeddedSqlServerBuilder host(String host) {
        this.host = Objects.requireNonNull(host, "host");
        return this;
    }

    /** @param port 1 to 65,535, or 0 for one that is free */
    public EmbeddedSqlServerBuilder port(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is outside 0 to 65535");
        }
        this.port = port;
        return this;
    }

    /** Adds a database; the first one is the default of logins that name none. Without any there is {@code master}. */
    public EmbeddedSqlServerBuilder database(String name) {
        if (name.isBlank() || name.length() > 128) {
            throw new IllegalArgumentException("a database name has 1 to 128 characters");
        }
        databases.add(name);
        return this;
    }

    /** Adds a login, or changes its password. Only a salted hash of the password is kept. User names ignore case. */
    public EmbeddedSqlServerBuilder login(String user, String password) {
        logins.add(user, password);
        return this;
    }

    /** Encryption; none unless told. */
    public EmbeddedSqlServerBuilder tls(Tls tls) {
        this.tls = Objects.requireNonNull(tls, "tls");
        return this;
    }

    public EmbeddedSqlServerBuilder limits(Limits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /** Keeps the databases in files below this directory, which is created if it is missing; otherwise they live in memory. */
    public EmbeddedSqlServerBuilder directory(Path directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /**
     * Serves another backend than H2. The server owns it from {@link #start()} on, and closes it also if the start fails.
     */
    public EmbeddedSqlServerBuilder backend(Backend backend) {
        this.backend = Objects.requireNonNull(backend, "backend");
        return this;
    }

    /**
     * Opens the databases and listens. A start that fails leaves no socket, thread or open database behind.
     *
     * @throws IOException if the address cannot be bound, or the certificate cannot be used; the message says which
     * @throws IllegalStateException if there is no login, both a backend and a directory, or a directory or a database in it that cannot be
     *     used, which the message names
     */
    public EmbeddedSqlServer start() throws IOException {
        try {
            check();
            List<String> names = databases.isEmpty() ? List.of(DEFAULT_DATABASE) : List.copyOf(databases);
            SSLContext context = tlsContext();
            if (backend == null) {
                backend = directory == null ? H2Backend.inMemory(names) : H2Backend.directory(directory, names);
            }
            FrontSettings settings = new FrontSettings(
                    host,
                    port,
                    names.get(0),
                    logins.copy(),
                    context,
                    tls.isRequired(),
                    limits.loginBytes(),
                    limits.requestBytes(),
                    limits.connections(),
                    limits.idleTime(),
                    limits.loginTime(),
                    backend);
            return new EmbeddedSqlServer(Listener.start(settings), names.get(0));
        } catch (Throwable failure) {
            closeBackend(failure);
            throw failure;
        }
    }

    private void check() {
        if (logins.isEmpty()) {
            throw new IllegalStateException(
                    "there is no login: nobody could connect; add one with login(user, password)");
        }
        if (backend != null && directory != null) {
            throw new IllegalStateException("a directory is for the default backend; give either it or a backend");
        }
    }

    private SSLContext tlsContext() throws IOException {
        try {
            return tls.context(host);
        } catch (GeneralSecurityException e) {
            throw new IOException("the server's certificate cannot be used: " + e.getMessage(), e);
        }
    }

    private void closeBackend(Throwable failure) {
        if (backend != null) {
            try {
                backend.close();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
            backend = null;
        }
    }
}
