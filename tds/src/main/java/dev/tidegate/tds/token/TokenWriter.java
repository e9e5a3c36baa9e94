package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/**
 * Writes the tokens of a response, or of a bulk load ([MS-TDS] 2.2.7), in the form of the peer's version. The caller begins and ends
 * the message. Not thread-safe.
 */
public final class TokenWriter {
    private final TdsWriter out;
    private final TdsVersion version;

    public TokenWriter(TdsWriter out, TdsVersion version) {
        this.out = out;
        this.version = version;
    }

    /**
     * Writes one token. Of a {@link RowMarker} only the token's byte: the row's values follow by a RowEncoder.
     *
     * @throws IllegalArgumentException if a part is longer than the token can hold; the texts of a {@link ServerMessage} are cut instead
     */
    public void write(Token token) throws IOException {
        if (token instanceof RowMarker row) {
            out.writeByte(row == RowMarker.ROW ? TokenType.ROW : TokenType.NBCROW);
        } else if (token instanceof ColMetadata metadata) {
            ColMetadataCodec.write(out, metadata, version);
        } else if (token instanceof Done done) {
            ResultTokenCodec.write(out, done, version);
        } else if (token instanceof ReturnStatus status) {
            ResultTokenCodec.write(out, status);
        } else if (token instanceof ReturnValue value) {
            ResultTokenCodec.write(out, value, version);
        } else if (token instanceof ServerMessage message) {
            ServerMessageCodec.write(out, message, version);
        } else if (token instanceof EnvChange change) {
            EnvChangeCodec.write(out, change);
        } else if (token instanceof Order order) {
            BrowseTokenCodec.write(out, order);
        } else if (token instanceof TabName tables) {
            BrowseTokenCodec.write(out, tables, version);
        } else if (token instanceof ColInfo columns) {
            BrowseTokenCodec.write(out, columns);
        } else {
            writeLoginToken(token);
        }
    }

    private void writeLoginToken(Token token) throws IOException {
        if (token instanceof LoginAck ack) {
            LoginTokenCodec.write(out, ack);
        } else if (token instanceof FeatureExtAck ack) {
            LoginTokenCodec.write(out, ack);
        } else if (token instanceof FedAuthInfo info) {
            LoginTokenCodec.write(out, info);
        } else if (token instanceof SspiToken sspi) {
            LoginTokenCodec.write(out, sspi);
        } else if (token instanceof SessionState state) {
            SessionStateCodec.write(out, state);
        } else if (token instanceof DataClassification classification) {
            DataClassificationCodec.write(out, classification);
        }
    }
}
