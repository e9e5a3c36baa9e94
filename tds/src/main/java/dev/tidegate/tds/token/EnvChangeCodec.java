package dev.tidegate.tds.token;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.Collation;
import java.io.IOException;

/** ENVCHANGE ([MS-TDS] 2.2.7.9). The new value always stands before the old one. */
final class EnvChangeCodec {
    private static final int COLLATION_LENGTH = 5;
    private static final int DESCRIPTOR_LENGTH = 8;
    private static final int MAX_LENGTH = 0xFFFF;

    private EnvChangeCodec() {}

    static EnvChange read(TdsReader in) throws IOException {
        TokenBody body = TokenBody.ofShortLength(in, "ENVCHANGE");
        int type = in.readUnsignedByte();
        EnvChange change = switch (type) {
            case EnvChange.DATABASE,
                    EnvChange.LANGUAGE,
                    EnvChange.CHARACTER_SET,
                    EnvChange.PACKET_SIZE,
                    EnvChange.SORT_LCID,
                    EnvChange.SORT_FLAGS,
                    EnvChange.MIRROR_PARTNER,
                    EnvChange.USER_INSTANCE ->
                new EnvChange.Text(
                        type, in.readBVarchar("new environment value"), in.readBVarchar("old environment value"));
            case EnvChange.COLLATION -> new EnvChange.CollationChange(readCollation(in), readCollation(in));
            case EnvChange.BEGIN_TRANSACTION,
                    EnvChange.COMMIT_TRANSACTION,
                    EnvChange.ROLLBACK_TRANSACTION,
                    EnvChange.ENLIST_DTC,
                    EnvChange.DEFECT_TRANSACTION,
                    EnvChange.TRANSACTION_ENDED ->
                new EnvChange.Transaction(type, readDescriptor(in), readDescriptor(in));
            case EnvChange.RESET_ACKNOWLEDGED -> readReset(in, body);
            case EnvChange.ROUTING, EnvChange.ENHANCED_ROUTING -> readRouting(in, type);
            default -> new EnvChange.Other(type, body.rest());
        };
        body.finish();
        return change;
    }

    static void write(TdsWriter out, EnvChange change) throws IOException {
        if (change instanceof EnvChange.Text text) {
            begin(
                    out,
                    change,
                    2 + 2 * text.newValue().length() + 2 * text.oldValue().length());
            out.writeBVarchar(text.newValue());
            out.writeBVarchar(text.oldValue());
        } else if (change instanceof EnvChange.CollationChange collation) {
            begin(out, change, 2 + length(collation.newValue()) + length(collation.oldValue()));
            writeCollation(out, collation.newValue());
            writeCollation(out, collation.oldValue());
        } else if (change instanceof EnvChange.Transaction transaction) {
            begin(out, change, 2 + length(transaction.newDescriptor()) + length(transaction.oldDescriptor()));
            writeDescriptor(out, transaction.newDescriptor());
            writeDescriptor(out, transaction.oldDescriptor());
        } else if (change instanceof EnvChange.ResetAcknowledged) {
            begin(out, change, 2);
            out.writeShort(0);
        } else if (change instanceof EnvChange.Routing routing) {
            writeRouting(out, routing);
        } else if (change instanceof EnvChange.Other other) {
            begin(out, change, other.data().length);
            out.writeBytes(other.data());
        }
    }

    private static void begin(TdsWriter out, EnvChange change, int valuesLength) throws IOException {
        if (valuesLength + 1 > MAX_LENGTH) {
            throw new IllegalArgumentException("ENVCHANGE of " + (valuesLength + 1) + " bytes; at most " + MAX_LENGTH);
        }
        out.writeByte(TokenType.ENVCHANGE);
        out.writeShort(valuesLength + 1);
        out.writeByte(change.type());
    }

    private static Collation readCollation(TdsReader in) throws IOException {
        byte[] bytes = readValue(in, "collation", COLLATION_LENGTH);
        return bytes.length == 0 ? null : new Collation(LittleEndian.getInt(bytes, 0), bytes[4] & 0xFF);
    }

    private static void writeCollation(TdsWriter out, Collation collation) throws IOException {
        out.writeByte(length(collation));
        if (collation != null) {
            out.writeInt(collation.info());
            out.writeByte(collation.sortId());
        }
    }

    private static int length(Collation collation) {
        return collation == null ? 0 : COLLATION_LENGTH;
    }

    private static long readDescriptor(TdsReader in) throws IOException {
        byte[] bytes = readValue(in, "transaction descriptor", DESCRIPTOR_LENGTH);
        return bytes.length == 0 ? 0 : LittleEndian.getLong(bytes, 0);
    }

    private static void writeDescriptor(TdsWriter out, long descriptor) throws IOException {
        out.writeByte(length(descriptor));
        if (descriptor != 0) {
            out.writeLong(descriptor);
        }
    }

    private static int length(long descriptor) {
        return descriptor == 0 ? 0 : DESCRIPTOR_LENGTH;
    }

    private static byte[] readValue(TdsReader in, String what, int expected) throws IOException {
        long position = in.position();
        int length = in.readUnsignedByte();
        if (length != 0 && length != expected) {
            throw new TdsProtocolException(
                    "a " + what + " in ENVCHANGE has " + length + " bytes, not " + expected, position);
        }
        return in.readBytes(length, expected, what);
    }

    private static EnvChange readReset(TdsReader in, TokenBody body) throws IOException {
        // both values are empty; nothing is lost if a server puts something there
        in.skip(Math.max(0, body.left()));
        return new EnvChange.ResetAcknowledged();
    }

    private static EnvChange readRouting(TdsReader in, int type) throws IOException {
        long position = in.position();
        int length = in.readUnsignedShort();
        long start = in.position();
        int protocol = in.readUnsignedByte();
        int port = in.readUnsignedShort();
        String server = in.readUsVarchar("routing server");
        String database = type == EnvChange.ENHANCED_ROUTING ? in.readUsVarchar("routing database") : null;
        if (in.position() - start != length) {
            throw new TdsProtocolException(
                    "routing data claims " + length + " bytes; its parts have " + (in.position() - start), position);
        }
        int oldLength = in.readUnsignedShort();
        in.skip(oldLength);
        return new EnvChange.Routing(protocol, port, server, database);
    }

    private static void writeRouting(TdsWriter out, EnvChange.Routing routing) throws IOException {
        int length = 1 + 2 + 2 + 2 * routing.server().length();
        if (routing.database() != null) {
            length += 2 + 2 * routing.database().length();
        }
        begin(out, routing, 2 + length + 2);
        out.writeShort(length);
        out.writeByte(routing.protocol());
        out.writeShort(routing.port());
        out.writeUsVarchar(routing.server());
        if (routing.database() != null) {
            out.writeUsVarchar(routing.database());
        }
        out.writeShort(0);
    }
}
