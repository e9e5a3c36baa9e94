package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import java.io.IOException;

/**
 * Reads the tokens of a response, or of a bulk load, one at a time ([MS-TDS] 2.2.7).
 *
 * <p>Rows are not decoded here: {@link #next} returns a {@link RowMarker} and leaves the reader on the row's first byte; whoever asked
 * has to read or skip the row by {@link #metadata()} before the next token. One reader may serve all messages of a connection.
 * Blocks as the stream below it does. Not thread-safe.
 */
public final class TokenReader {
    private static final int DATA_CLASSIFICATION_FEATURE = 0x09;

    private final TdsReader in;
    private final TdsVersion version;
    private ColMetadata metadata;
    private int dataClassificationVersion = 1;

    public TokenReader(TdsReader in, TdsVersion version) {
        this.in = in;
        this.version = version;
    }

    /**
     * The last COLMETADATA read that had columns, null before the first: its "no metadata" form says that the rows which follow have the
     * columns that the client knows already.
     */
    public ColMetadata metadata() {
        return metadata;
    }

    /**
     * The next token; never null. The caller stops after a {@link Done} without MORE, or when {@link TdsReader#atEnd()}.
     *
     * @throws TdsProtocolException if no token begins with the next byte, if a token is not as long as it says, or if the message ends
     *     within it; the reader has then lost its place
     */
    public Token next() throws IOException {
        while (true) {
            long position = in.position();
            int type = in.readUnsignedByte();
            if (type != TokenType.OFFSET) {
                return read(type, position);
            }
            // where a clause stands in the SQL text: a relic that only SET OFFSETS asks for
            in.readInt();
        }
    }

    private Token read(int type, long position) throws IOException {
        switch (type) {
            case TokenType.ROW:
            case TokenType.NBCROW:
                return row(type, position);
            case TokenType.COLMETADATA:
                return columns();
            case TokenType.DONE:
                return ResultTokenCodec.readDone(in, version, Done.Kind.DONE);
            case TokenType.DONEPROC:
                return ResultTokenCodec.readDone(in, version, Done.Kind.DONEPROC);
            case TokenType.DONEINPROC:
                return ResultTokenCodec.readDone(in, version, Done.Kind.DONEINPROC);
            case TokenType.RETURNSTATUS:
                return new ReturnStatus(in.readInt());
            case TokenType.RETURNVALUE:
                return ResultTokenCodec.readReturnValue(in, version);
            case TokenType.ERROR:
                return ServerMessageCodec.read(in, version, true);
            case TokenType.INFO:
                return ServerMessageCodec.read(in, version, false);
            case TokenType.ENVCHANGE:
                return EnvChangeCodec.read(in);
            case TokenType.ORDER:
                return BrowseTokenCodec.readOrder(in);
            case TokenType.TABNAME:
                return BrowseTokenCodec.readTabName(in, version);
            case TokenType.COLINFO:
                return BrowseTokenCodec.readColInfo(in);
            case TokenType.LOGINACK:
                return LoginTokenCodec.readLoginAck(in);
            case TokenType.FEATUREEXTACK:
                return featureExtAck();
            case TokenType.FEDAUTHINFO:
                return LoginTokenCodec.readFedAuthInfo(in);
            case TokenType.SSPI:
                return LoginTokenCodec.readSspi(in);
            case TokenType.SESSIONSTATE:
                return SessionStateCodec.read(in);
            case TokenType.DATACLASSIFICATION:
                return DataClassificationCodec.read(in, dataClassificationVersion);
            case TokenType.ALTMETADATA:
            case TokenType.ALTROW:
                throw new TdsProtocolException(
                        "the statement uses COMPUTE, whose results (token 0x" + Integer.toHexString(type)
                                + ") are not supported; use GROUP BY with ROLLUP",
                        position);
            default:
                throw new TdsProtocolException("no token begins with 0x" + Integer.toHexString(type), position);
        }
    }

    private ColMetadata columns() throws IOException {
        ColMetadata read = ColMetadataCodec.read(in, version);
        if (metadata == null || !read.columns().isEmpty()) {
            metadata = read;
        }
        return read;
    }

    private RowMarker row(int type, long position) throws TdsProtocolException {
        if (metadata == null) {
            throw new TdsProtocolException("a row comes before the description of its columns", position);
        }
        return type == TokenType.ROW ? RowMarker.ROW : RowMarker.NBCROW;
    }

    private FeatureExtAck featureExtAck() throws IOException {
        FeatureExtAck ack = LoginTokenCodec.readFeatureExtAck(in);
        byte[] classification = ack.features().get(DATA_CLASSIFICATION_FEATURE);
        if (classification != null && classification.length > 0) {
            dataClassificationVersion = classification[0];
        }
        return ack;
    }
}
