package dev.tidegate.server.front;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.RpcCall;
import dev.tidegate.tds.message.RpcParameter;
import dev.tidegate.tds.message.RpcRequest;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.message.TransactionManagerRequest;
import dev.tidegate.tds.packet.MessageTooLongException;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.type.UnreadableValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the requests of a session and gives them to its backend ([MS-TDS] 3.3.5.5). Used by one thread at a time. */
final class Requests {
    /** Reads a message of one kind. */
    private interface Parser<T> {
        T read(TdsReader in, TdsVersion version) throws IOException;
    }

    private final Client client;
    private final BackendSession session;
    private final TdsReader reader;
    private final ToldEnvironment environment;
    private final long requestBytes;

    /** @param requestBytes that a request may have, unless it is a bulk load */
    Requests(Client client, TdsReader reader, ToldEnvironment environment, long requestBytes) {
        this.client = client;
        this.session = client.session();
        this.reader = reader;
        this.environment = environment;
        this.requestBytes = requestBytes;
    }

    /**
     * Runs the request at whose beginning the reader stands.
     *
     * @throws SqlServerException if the request was refused as a whole
     */
    void run(Exchange exchange, TokenResponse response) throws IOException, SqlServerException {
        int status = reader.firstStatus();
        switch (reader.type()) {
            case SQL_BATCH -> {
                SqlBatch batch = take(exchange, SqlBatch::read);
                if (batch != null) {
                    prepare(batch.headers(), status, response);
                    batch(batch.sql(), exchange, response);
                }
            }
            case RPC -> {
                RpcRequest request = take(exchange, RpcRequest::read);
                if (request != null) {
                    prepare(request.headers(), status, response);
                    calls(request.calls(), exchange, response);
                }
            }
            case TRANSACTION_MANAGER -> {
                TransactionManagerRequest request = take(exchange, TransactionManagerRequest::read);
                if (request != null) {
                    prepare(request.headers(), status, response);
                    transaction(request, response);
                }
            }
            case BULK_LOAD ->
                new BulkLoadRequest(session, client.version(), reader, requestBytes).run(exchange, response);
            default ->
                throw new TdsProtocolException(
                        "a message of type " + reader.type() + " has no place after the login", -1);
        }
    }

    /**
     * Takes a whole message.
     *
     * @return null if its sender gave it up on the way
     * @throws SqlServerException 701 if it is larger than allowed, 8023 if a value in it is none; it has been read over, so the
     *     connection can go on
     */
    private <T> T take(Exchange exchange, Parser<T> parser) throws IOException, SqlServerException {
        T request = null;
        TdsProtocolException broken = null;
        SqlServerException refusal = null;
        reader.limitMessage(requestBytes);
        try {
            request = parser.read(reader, client.version());
        } catch (TdsProtocolException e) {
            broken = e;
        } catch (MessageTooLongException e) {
            refusal = tooLong(e);
        } catch (UnreadableValueException e) {
            refusal = KnownError.UNREADABLE_PARAMETER.with(e.getMessage()).asServerException(e);
        }
        reader.skipToEnd();
        boolean givenUp = (reader.lastStatus() & PacketStatus.IGNORE) != 0;
        if (broken != null && !givenUp) {
            throw broken;
        }
        exchange.requestRead();
        if (refusal != null && !givenUp) {
            throw refusal;
        }
        return givenUp ? null : request;
    }

    private SqlServerException tooLong(MessageTooLongException cause) {
        return KnownError.INSUFFICIENT_MEMORY
                .with("it has more than " + requestBytes + " bytes. Send less at a time or as a bulk load, or raise the"
                        + " server's limit (Limits.withRequestBytes)")
                .asServerException(cause);
    }

    private void prepare(RequestHeaders headers, int status, TokenResponse response) throws SqlServerException {
        boolean keepTransaction = (status & PacketStatus.RESET_CONNECTION_SKIP_TRAN) != 0;
        if (keepTransaction || (status & PacketStatus.RESET_CONNECTION) != 0) {
            reset(keepTransaction, response);
            // The client wrote the descriptor of the transaction that the reset has just ended.
            return;
        }
        long open = session.transactionDescriptor();
        if (client.version().atLeast(TdsVersion.V7_2) && headers.transactionDescriptor() != open) {
            if (headers.transactionDescriptor() == 0) {
                throw KnownError.NO_TRANSACTION_DESCRIPTOR.exception();
            }
            throw KnownError.WRONG_TRANSACTION.exception(Long.toHexString(headers.transactionDescriptor()));
        }
    }

    private void reset(boolean keepTransaction, TokenResponse response) throws SqlServerException {
        long before = session.transactionDescriptor();
        session.reset(keepTransaction);
        client.states().reset();
        if (before != 0 && session.transactionDescriptor() == 0) {
            response.environment(new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, before));
        }
        // A transaction that goes on cannot leave its database.
        EnvChange database = session.transactionDescriptor() == 0 ? environment.reset() : null;
        if (database != null) {
            response.environment(database);
        }
        response.environment(new EnvChange.ResetAcknowledged());
    }

    private void batch(String sql, Exchange exchange, TokenResponse response) throws SqlServerException {
        response.beginCall(Done.Kind.DONE, false);
        if (!exchange.interrupted()) {
            session.executeBatch(sql, response);
        }
        response.endCall();
    }

    private void calls(List<RpcCall> calls, Exchange exchange, TokenResponse response) throws SqlServerException {
        for (int i = 0; i < calls.size() && !exchange.interrupted(); i++) {
            boolean more = i < calls.size() - 1;
            response.beginCall(Done.Kind.DONEPROC, more);
            try {
                if (calls.get(i).execute()) {
                    session.executeProcedure(procedureCall(calls.get(i)), response);
                }
            } catch (SqlServerException e) {
                if (e.severity() >= RequestLoop.FATAL_SEVERITY || !more) {
                    throw e;
                }
                response.message(Messages.error(e));
            }
            response.endCall();
        }
    }

    private static ProcedureCall procedureCall(RpcCall call) {
        List<ProcedureCall.Parameter> parameters =
                new ArrayList<>(call.parameters().size());
        for (RpcParameter parameter : call.parameters()) {
            parameters.add(new ProcedureCall.Parameter(
                    parameter.name(),
                    parameter.isOutput(),
                    parameter.isDefault(),
                    parameter.type(),
                    parameter.value()));
        }
        return new ProcedureCall(call.procedureName(), parameters);
    }

    private void transaction(TransactionManagerRequest request, TokenResponse response) throws SqlServerException {
        switch (request) {
            case TransactionManagerRequest.Begin begin -> {
                response.beginCall(Done.Kind.DONE, false);
                begin(begin, response);
            }
            case TransactionManagerRequest.Commit commit -> {
                response.beginCall(Done.Kind.DONE, commit.next() != null);
                session.commit(response);
                beginNext(commit.next(), response);
            }
            case TransactionManagerRequest.Rollback rollback -> {
                response.beginCall(Done.Kind.DONE, rollback.next() != null);
                session.rollback(rollback.name(), response);
                beginNext(rollback.next(), response);
            }
            case TransactionManagerRequest.Save save -> {
                response.beginCall(Done.Kind.DONE, false);
                session.save(save.name(), response);
            }
            case TransactionManagerRequest.Other other ->
                throw KnownError.NO_DISTRIBUTED_TRANSACTIONS.exception(Messages.SERVER, other.type());
        }
        response.endCall();
    }

    private void beginNext(TransactionManagerRequest.Begin next, TokenResponse response) throws SqlServerException {
        if (next != null) {
            response.endCall();
            response.beginCall(Done.Kind.DONE, false);
            begin(next, response);
        }
    }

    private void begin(TransactionManagerRequest.Begin begin, TokenResponse response) throws SqlServerException {
        session.begin(begin.name(), IsolationLevel.values()[begin.isolation()], response);
    }
}
