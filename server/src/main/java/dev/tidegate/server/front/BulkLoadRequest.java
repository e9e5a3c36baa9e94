package dev.tidegate.server.front;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.tds.type.UnreadableValueException;
import dev.tidegate.tds.type.ValueCodec;
import java.io.IOException;

/**
 * Takes the rows of a bulk load ([MS-TDS] 2.2.6.1), one at a time from the socket into the backend. The message is always read to its
 * end before it is answered: a client writes all of it before it reads. Used once.
 */
final class BulkLoadRequest {
    private final BackendSession session;
    private final TdsReader reader;
    private final TokenReader tokens;
    private final int longestValue;
    private RowDecoder decoder;
    private BulkTarget target;
    /** Null if the target takes rows of values. */
    private ColumnSink[] sinks;

    private SqlServerException refusal;
    private long row;

    /** @param valueBytes that one (max) value may have; rows may be any number, because they are taken one by one */
    BulkLoadRequest(BackendSession session, TdsVersion version, TdsReader reader, long valueBytes) {
        this.session = session;
        this.reader = reader;
        this.tokens = new TokenReader(reader, version);
        this.longestValue = (int) Math.min(valueBytes, ValueCodec.MAX_ARRAY);
    }

    void run(Exchange exchange, TokenResponse response) throws IOException, SqlServerException {
        long transaction = session.transactionDescriptor();
        response.beginCall(Done.Kind.DONE, false);
        try {
            boolean givenUp = readRows(exchange);
            exchange.requestRead();
            long stored = 0;
            if (refusal == null && target != null && !givenUp && !exchange.interrupted()) {
                stored = finish();
            }
            if (refusal != null) {
                throw refusal;
            }
            // An attention may have come when they were stored.
            if (!givenUp && (stored > 0 || !exchange.interrupted())) {
                response.statementDone(Done.COMMAND_INSERT, stored);
            }
        } finally {
            if (target != null) {
                target.close();
            }
            if (transaction != 0 && session.transactionDescriptor() == 0) {
                response.environment(new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, transaction));
            }
        }
        response.endCall();
    }

    private long finish() {
        try {
            return target.finish();
        } catch (SqlServerException e) {
            refusal = e;
            return 0;
        }
    }

    /** @return whether the sender gave the load up */
    private boolean readRows(Exchange exchange) throws IOException {
        TdsProtocolException broken = null;
        try {
            readTokens(exchange);
        } catch (TdsProtocolException e) {
            broken = e;
        }
        reader.skipToEnd();
        boolean givenUp = (reader.lastStatus() & PacketStatus.IGNORE) != 0;
        if (broken != null && !givenUp) {
            throw broken;
        }
        return givenUp;
    }

    /** The DONE that the specification wants at the end is left out by some clients: the end of the message does as well. */
    private void readTokens(Exchange exchange) throws IOException {
        while (!reader.atEnd()) {
            Token token = tokens.next();
            if (token instanceof RowMarker marker) {
                if (decoder == null) {
                    throw new TdsProtocolException("a bulk load's row comes before its columns", reader.position());
                }
                row++;
                read(marker, exchange);
            } else if (token instanceof ColMetadata metadata) {
                if (decoder != null) {
                    throw new TdsProtocolException("a bulk load describes its columns twice", reader.position());
                }
                decoder = RowDecoder.ofColumns(metadata.columns()).withMaxValueLength(longestValue);
                begin(metadata);
            } else if (token instanceof Done) {
                return;
            }
        }
    }

    private void read(RowMarker marker, Exchange exchange) throws IOException {
        try {
            if (sinks != null) {
                decoder.decode(reader, marker, sinks, 0);
                if (isWanted(exchange)) {
                    target.addRow();
                }
            } else {
                Object[] values = decoder.decode(reader, marker);
                if (isWanted(exchange)) {
                    target.add(values);
                }
            }
        } catch (SqlServerException e) {
            refusal = e;
        } catch (UnreadableValueException e) {
            if (refusal == null) {
                refusal = KnownError.BULK_CONVERSION.with(row, e.getMessage()).asServerException(e);
            }
        }
    }

    private boolean isWanted(Exchange exchange) {
        return refusal == null && !exchange.interrupted();
    }

    private void begin(ColMetadata metadata) {
        try {
            target = session.beginBulkLoad(metadata.columns());
            sinks = target.sinks();
        } catch (SqlServerException e) {
            refusal = e;
        }
    }
}
