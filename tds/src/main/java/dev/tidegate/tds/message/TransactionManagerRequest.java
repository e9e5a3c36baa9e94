package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/**
 * A transaction manager request ([MS-TDS] 2.2.6.9): begin, commit, roll back, save, without SQL text. Names are of at most 127 UTF-16
 * code units; SQL Server looks at the first 32.
 */
public sealed interface TransactionManagerRequest {
    int GET_DTC_ADDRESS = 0;
    int PROPAGATE = 1;
    int BEGIN = 5;
    int PROMOTE = 6;
    int COMMIT = 7;
    int ROLLBACK = 8;
    int SAVE = 9;

    /** Isolation level of {@link Begin}: that of the session stays. */
    int ISOLATION_UNCHANGED = 0;

    int READ_UNCOMMITTED = 1;
    int READ_COMMITTED = 2;
    int REPEATABLE_READ = 3;
    int SERIALIZABLE = 4;
    int SNAPSHOT = 5;

    RequestHeaders headers();

    /** The request type on the wire. */
    int type();

    /**
     * @param isolation 0 to 5, see the constants
     * @param name empty for none
     */
    record Begin(RequestHeaders headers, int isolation, String name) implements TransactionManagerRequest {
        @Override
        public int type() {
            return BEGIN;
        }
    }

    /** @param next what to begin at once after it, null for nothing; its headers are not on the wire */
    record Commit(RequestHeaders headers, String name, Begin next) implements TransactionManagerRequest {
        @Override
        public int type() {
            return COMMIT;
        }
    }

    /**
     * @param name of a savepoint or of the outermost transaction; empty rolls back all
     * @param next as in {@link Commit}
     */
    record Rollback(RequestHeaders headers, String name, Begin next) implements TransactionManagerRequest {
        @Override
        public int type() {
            return ROLLBACK;
        }
    }

    /** @param name of the savepoint, not empty */
    record Save(RequestHeaders headers, String name) implements TransactionManagerRequest {
        @Override
        public int type() {
            return SAVE;
        }
    }

    /** Distributed transactions and whatever else is asked for: not served here, kept as bytes. */
    record Other(RequestHeaders headers, int type, byte[] data) implements TransactionManagerRequest {
        /** Longest payload accepted, in bytes. */
        public static final int MAX_LENGTH = 64 * 1024;
    }

    /** Reads the rest of the current message. */
    static TransactionManagerRequest read(TdsReader in, TdsVersion version) throws IOException {
        RequestHeaders headers = RequestHeaders.read(in, version);
        int type = in.readUnsignedShort();
        TransactionManagerRequest request = switch (type) {
            case BEGIN -> readBegin(in, headers);
            case COMMIT -> new Commit(headers, readName(in), readNext(in));
            case ROLLBACK -> new Rollback(headers, readName(in), readNext(in));
            case SAVE -> new Save(headers, readName(in));
            default -> new Other(headers, type, Payload.rest(in, Other.MAX_LENGTH, "transaction manager request"));
        };
        Payload.expectEnd(in, "transaction manager request");
        return request;
    }

    default void write(TdsWriter out, TdsVersion version) throws IOException {
        headers().write(out, version);
        out.writeShort(type());
        if (this instanceof Begin begin) {
            writeBegin(out, begin);
        } else if (this instanceof Commit commit) {
            writeName(out, commit.name());
            writeNext(out, commit.next());
        } else if (this instanceof Rollback rollback) {
            writeName(out, rollback.name());
            writeNext(out, rollback.next());
        } else if (this instanceof Save save) {
            writeName(out, save.name());
        } else if (this instanceof Other other) {
            out.writeBytes(other.data());
        }
    }

    private static Begin readBegin(TdsReader in, RequestHeaders headers) throws IOException {
        long position = in.position();
        int isolation = in.readUnsignedByte();
        if (isolation > SNAPSHOT) {
            throw new TdsProtocolException("isolation level " + isolation + " is not one of 0 to 5", position);
        }
        return new Begin(headers, isolation, readName(in));
    }

    private static Begin readNext(TdsReader in) throws IOException {
        int flags = in.readUnsignedByte();
        return (flags & 1) == 0 ? null : readBegin(in, RequestHeaders.NONE);
    }

    private static String readName(TdsReader in) throws IOException {
        long position = in.position();
        int bytes = in.readUnsignedByte();
        if ((bytes & 1) != 0) {
            throw new TdsProtocolException("a transaction's name cannot have " + bytes + " bytes", position);
        }
        return in.readUtf16(bytes / 2, 127, "transaction name");
    }

    private static void writeBegin(TdsWriter out, Begin begin) throws IOException {
        out.writeByte(begin.isolation());
        writeName(out, begin.name());
    }

    private static void writeNext(TdsWriter out, Begin next) throws IOException {
        out.writeByte(next == null ? 0 : 1);
        if (next != null) {
            writeBegin(out, next);
        }
    }

    private static void writeName(TdsWriter out, String name) throws IOException {
        if (name.length() > 127) {
            throw new IllegalArgumentException("a transaction's name has at most 127 characters, not " + name.length());
        }
        out.writeByte(name.length() * 2);
        out.writeUtf16(name);
    }
}
