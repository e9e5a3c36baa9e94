package dev.tidegate.testkit.capture;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.message.RpcRequest;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.message.TransactionManagerRequest;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.EnvChange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Walks through a capture and decodes it, with what the dialogue itself settles: the version and the packet size. */
final class Dialogue {
    /**
     * A message with all that is needed to decode and encode it again.
     *
     * @param content the record of the message, a {@link TokenStream}, or a text if there is nothing to decode
     */
    record Decoded(RecordedMessage message, TdsVersion version, int packetSize, Object content) {}

    private TdsVersion version = TdsVersion.V7_4;
    private int packetSize = TdsWriter.DEFAULT_PACKET_SIZE;
    private ColMetadata columns = new ColMetadata(List.of());
    private boolean greeted;

    static List<Decoded> decode(Capture capture) throws IOException {
        Dialogue dialogue = new Dialogue();
        List<Decoded> decoded = new ArrayList<>();
        for (RecordedMessage message : capture.messages()) {
            decoded.add(dialogue.next(message));
        }
        return decoded;
    }

    /** Decodes the next message of the capture; all have to be given, in order. */
    Decoded next(RecordedMessage message) throws IOException {
        int sizeBefore = packetSize;
        TdsReader in = new TdsReader(message.stream());
        PacketType type = in.beginMessage();
        if (isGivenUp(message)) {
            return new Decoded(message, version, sizeBefore, "given up");
        }
        Object content = read(in, type, version);
        greeted |= message.direction() == Direction.SERVER;
        if (content instanceof Login7 login) {
            version = login.version();
        } else if (content instanceof TokenStream tokens) {
            columns = tokens.lastColumns();
            tokens.all(EnvChange.Text.class).stream()
                    .filter(change -> change.type() == EnvChange.PACKET_SIZE)
                    .forEach(change -> packetSize = Integer.parseInt(change.newValue()));
        }
        if (!in.atEnd()) {
            throw new IOException("the message has bytes that belong to nothing");
        }
        return new Decoded(message, version, sizeBefore, content);
    }

    /** A load that its sender gave up ends anywhere, even within a row; the receiver throws it away. */
    static boolean isGivenUp(RecordedMessage message) {
        return (message.lastStatus() & PacketStatus.IGNORE) != 0;
    }

    private Object read(TdsReader in, PacketType type, TdsVersion version) throws IOException {
        return switch (type) {
            case PRELOGIN -> Prelogin.read(in);
            case LOGIN7 -> Login7.read(in);
            case SQL_BATCH -> SqlBatch.read(in, version);
            case RPC -> RpcRequest.read(in, version);
            case TRANSACTION_MANAGER -> TransactionManagerRequest.read(in, version);
            case ATTENTION -> "attention";
            case RESPONSE -> greeted ? TokenStream.read(in, version, columns) : Prelogin.read(in);
            case BULK_LOAD -> TokenStream.read(in, version, columns);
            default -> throw new IOException("no capture has messages of type " + type);
        };
    }

    /** Writes what {@link #decode} read. */
    static void write(TdsWriter out, Decoded decoded) throws IOException {
        TdsVersion version = decoded.version();
        switch (decoded.content()) {
            case Prelogin prelogin -> prelogin.write(out);
            case Login7 login -> login.write(out);
            case SqlBatch batch -> batch.write(out, version);
            case RpcRequest rpc -> rpc.write(out, version);
            case TransactionManagerRequest transaction -> transaction.write(out, version);
            case TokenStream tokens -> tokens.write(out, version);
            default -> {
                // an attention has no payload
            }
        }
    }

    /** Reads an encoded form of a message again. */
    static Object readAgain(Decoded decoded, byte[] wire) throws IOException {
        Dialogue dialogue = new Dialogue();
        dialogue.columns = decoded.content() instanceof TokenStream tokens ? tokens.known() : dialogue.columns;
        dialogue.greeted = !(decoded.content() instanceof Prelogin);
        TdsReader in = new TdsReader(new ByteArrayInputStream(wire));
        return dialogue.read(in, in.beginMessage(), decoded.version());
    }
}
