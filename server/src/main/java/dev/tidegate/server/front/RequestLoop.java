package dev.tidegate.server.front;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.SessionState;
import dev.tidegate.tds.token.TokenWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The life of a connection after its login: takes messages, has requests answered by a worker, and meanwhile listens for an attention
 * ([MS-TDS] 2.2.1.7) or the end of the connection.
 */
final class RequestLoop {
    /** From this severity on an error ends the connection. */
    static final int FATAL_SEVERITY = 20;

    private static final System.Logger LOG = System.getLogger("dev.tidegate.server");
    private static final long LONGEST_CANCEL_PAUSE_MILLIS = 100;

    private final Client client;
    private final Transport transport;
    private final TdsReader reader;
    private final Requests requests;
    private final ToldEnvironment environment;
    private final Executor workers;
    private final IdleClock clock;
    private volatile Exchange running;

    RequestLoop(Client client, Transport transport, Executor workers, IdleClock clock, long requestBytes) {
        this.client = client;
        this.transport = transport;
        this.workers = workers;
        this.clock = clock;
        this.reader = new TdsReader(transport.in());
        this.environment = new ToldEnvironment(client.loginDatabase(), client.database());
        this.requests = new Requests(client, reader, environment, requestBytes);
    }

    /** Returns when the client has closed the connection; throws if it ended otherwise. No request runs afterwards. */
    void run() throws IOException, InterruptedException {
        try {
            PacketType type = reader.beginMessage();
            while (type != null) {
                if (type == PacketType.ATTENTION) {
                    attention();
                } else {
                    answer();
                }
                type = reader.beginMessage();
            }
        } finally {
            stop();
        }
    }

    private void answer() throws InterruptedException {
        if (running != null) {
            // Without MARS a client waits for its answer; one that does not has to wait here.
            running.awaitFinished();
        }
        Exchange exchange = new Exchange();
        running = exchange;
        clock.busy();
        try {
            workers.execute(() -> serve(exchange));
        } catch (RejectedExecutionException e) {
            exchange.release();
            throw e;
        }
        exchange.awaitRequestRead();
    }

    private void attention() throws IOException, InterruptedException {
        reader.skipToEnd();
        Exchange exchange = running;
        if (exchange == null || !exchange.interrupt()) {
            acknowledgeAttention();
            return;
        }
        cancelUntilFinished(exchange);
    }

    /** Nothing may run in the session once the connection has ended, and nobody would read the answer. */
    private void stop() throws InterruptedException {
        transport.close();
        Exchange exchange = running;
        if (exchange != null && exchange.interrupt()) {
            cancelUntilFinished(exchange);
        }
    }

    /** A cancel that comes before the backend has begun hits nothing, so it is repeated until the worker is done. */
    private void cancelUntilFinished(Exchange exchange) throws InterruptedException {
        long pause = 1;
        do {
            client.session().cancel();
            pause = Math.min(pause * 2, LONGEST_CANCEL_PAUSE_MILLIS);
        } while (!exchange.awaitFinished(pause));
    }

    private void serve(Exchange exchange) {
        try {
            boolean goesOn = respond(exchange);
            if (exchange.finish()) {
                acknowledgeAttention();
            }
            if (!goesOn) {
                transport.close();
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "connection with " + transport.peer() + " lost", e);
            transport.close();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "connection with " + transport.peer() + " given up", e);
            transport.close();
        } finally {
            clock.idle();
            exchange.release();
        }
    }

    /** @return whether the connection can go on */
    private boolean respond(Exchange exchange) throws IOException {
        TokenResponse response = new TokenResponse(client, exchange, environment);
        boolean goesOn = true;
        try {
            requests.run(exchange, response);
        } catch (SqlServerException e) {
            goesOn = e.severity() < FATAL_SEVERITY;
            response.fail(Messages.error(e));
        } catch (TdsProtocolException e) {
            goesOn = false;
            response.fail(Messages.error(KnownError.PROTOCOL.exception(e.getMessage())));
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a request failed by a defect", e);
            goesOn = false;
            response.fail(Messages.error(KnownError.SESSION_BROKEN
                    .with()
                    .saying("Cannot continue the execution because of an internal error of the server: " + e)
                    .asServerException(e)));
        }
        response.end();
        return goesOn;
    }

    private void acknowledgeAttention() throws IOException {
        client.out().begin(PacketType.RESPONSE);
        TokenWriter tokens = new TokenWriter(client.out(), client.version());
        SessionState changed = client.states().changes();
        if (changed != null) {
            tokens.write(changed);
            client.states().told(changed);
        }
        tokens.write(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));
        client.out().end();
    }
}
