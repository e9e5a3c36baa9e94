package dev.tidegate.server.front;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.BulkTarget;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import java.io.IOException;

/**
 * Takes the rows of a bulk load ([MS-TDS] 2.2.6.1), one at a time from the socket into the backend. The message is always read to its
 * end before it is answered: a client writes all of it before it reads. Used once.
 */
final class BulkLoadRequest {
    private final BackendSession session;
    private final TdsReader reader;
    private final TokenReader tokens;
    private BulkTarget target;
    private SqlServerException refusal;

    BulkLoadRequest(BackendSession session, TdsVersion version, TdsReader reader) {
        this.session = session;
        this.reader = reader;
        this.tokens = new TokenReader(reader, version);
    }

    void run(Exchange exchange, TokenResponse response) throws IOException, SqlServerException {
        response.beginCall(Done.Kind.DONE, false);
        try {
            boolean givenUp = readRows(exchange);
            exchange.requestRead();
            if (refusal != null) {
                throw refusal;
            }
            if (!givenUp && !exchange.interrupted()) {
                response.statementDone(Done.COMMAND_INSERT, target == null ? 0 : target.finish());
            }
        } finally {
            if (target != null) {
                target.close();
            }
        }
        response.endCall();
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
        RowDecoder decoder = null;
        while (!reader.atEnd()) {
            Token token = tokens.next();
            if (token instanceof RowMarker marker) {
                if (decoder == null) {
                    throw new TdsProtocolException("a bulk load's row comes before its columns", reader.position());
                }
                Object[] row = decoder.decode(reader, marker);
                if (refusal == null && !exchange.interrupted()) {
                    add(row);
                }
            } else if (token instanceof ColMetadata metadata) {
                decoder = RowDecoder.of(
                        metadata.columns().stream().map(Column::type).toList());
                begin(metadata);
            } else if (token instanceof Done) {
                return;
            }
        }
    }

    private void begin(ColMetadata metadata) {
        try {
            target = session.beginBulkLoad(metadata.columns());
        } catch (SqlServerException e) {
            refusal = e;
        }
    }

    private void add(Object[] row) {
        try {
            target.add(row);
        } catch (SqlServerException e) {
            refusal = e;
        }
    }
}
