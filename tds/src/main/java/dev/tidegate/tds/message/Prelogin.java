package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * PRELOGIN ([MS-TDS] 2.2.6.5): what both sides tell each other before anything else. A list of options in the order in which they
 * stand on the wire, so that unknown ones are kept; the accessors read the known ones.
 */
public record Prelogin(List<Option> options) {
    public static final int VERSION = 0;
    public static final int ENCRYPTION = 1;
    public static final int INSTANCE = 2;
    public static final int THREAD_ID = 3;
    public static final int MARS = 4;
    public static final int TRACE_ID = 5;
    public static final int FEDAUTH_REQUIRED = 6;
    public static final int NONCE = 7;

    /** Bytes of a nonce. */
    public static final int NONCE_LENGTH = 32;

    /** Bytes of a trace id: a connection's GUID, an activity's GUID, and the activity's sequence number. */
    public static final int TRACE_ID_LENGTH = 36;

    /** Largest PRELOGIN accepted, in bytes. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final int TERMINATOR = 0xFF;
    private static final int ENTRY_LENGTH = 5;

    /** @param id 0 to 254 */
    public record Option(int id, byte[] data) {}

    public Prelogin {
        options = List.copyOf(options);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads the rest of the current message.
     *
     * @throws TdsProtocolException if an option lies outside the message, stands twice, or has a length that it cannot have
     */
    public static Prelogin read(TdsReader in) throws IOException {
        byte[] bytes = Payload.rest(in, MAX_LENGTH, "PRELOGIN");
        List<Option> options = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        int at = 0;
        while (at < bytes.length && (bytes[at] & 0xFF) != TERMINATOR) {
            if (bytes.length - at < ENTRY_LENGTH) {
                throw new TdsProtocolException("PRELOGIN ends inside its list of options", at);
            }
            int id = bytes[at] & 0xFF;
            int offset = bigEndian(bytes, at + 1);
            int length = bigEndian(bytes, at + 3);
            if (offset + length > bytes.length) {
                throw new TdsProtocolException(
                        "PRELOGIN option " + id + " lies at " + offset + " with " + length
                                + " bytes, outside the message of " + bytes.length,
                        at);
            }
            if (!seen.add(id)) {
                throw new TdsProtocolException("PRELOGIN option " + id + " stands twice", at);
            }
            Option option = new Option(id, Arrays.copyOfRange(bytes, offset, offset + length));
            checkLength(option, at);
            options.add(option);
            at += ENTRY_LENGTH;
        }
        if (at >= bytes.length) {
            throw new TdsProtocolException("PRELOGIN has no terminator (0xFF) after its list of options", at);
        }
        return new Prelogin(options);
    }

    /** Writes the payload: the list, then the data of the options in the same order without gaps. */
    public void write(TdsWriter out) throws IOException {
        int offset = options.size() * ENTRY_LENGTH + 1;
        for (Option option : options) {
            out.writeByte(option.id());
            out.writeShortBigEndian(offset);
            out.writeShortBigEndian(option.data().length);
            offset += option.data().length;
        }
        out.writeByte(TERMINATOR);
        for (Option option : options) {
            out.writeBytes(option.data());
        }
    }

    /** The data of an option, if it is there. */
    public Optional<byte[]> option(int id) {
        return options.stream().filter(o -> o.id() == id).map(Option::data).findFirst();
    }

    public ProgramVersion version() {
        return option(VERSION).map(ProgramVersion::ofBytes).orElse(ProgramVersion.NONE);
    }

    /** NOT_SUPPORTED if the peer left it out. */
    public Encryption encryption() {
        return option(ENCRYPTION)
                .map(data -> Encryption.values()[data[0] & 0xFF & ~Encryption.CLIENT_CERTIFICATE])
                .orElse(Encryption.NOT_SUPPORTED);
    }

    /** Whether the client offers a certificate of its own. */
    public boolean clientCertificate() {
        return option(ENCRYPTION)
                .map(data -> (data[0] & Encryption.CLIENT_CERTIFICATE) != 0)
                .orElse(false);
    }

    /** Name of the instance that the client wants; empty for the default one, or if left out. */
    public String instance() {
        return option(INSTANCE)
                .map(data -> {
                    int end = 0;
                    while (end < data.length && data[end] != 0) {
                        end++;
                    }
                    return new String(data, 0, end, StandardCharsets.UTF_8);
                })
                .orElse("");
    }

    /** The client's thread, 0 to 2^32 − 1, for diagnostics; 0 if left out. */
    public long threadId() {
        return option(THREAD_ID)
                .filter(data -> data.length == 4)
                .map(data -> (long) bigEndian(data, 0) << 16 | bigEndian(data, 2))
                .orElse(0L);
    }

    public boolean mars() {
        return option(MARS).map(data -> data[0] == 1).orElse(false);
    }

    /** {@link #TRACE_ID_LENGTH} bytes, or null. */
    public byte[] traceId() {
        return option(TRACE_ID).filter(data -> data.length > 0).orElse(null);
    }

    /** Null if the peer says nothing about federated authentication. */
    public Boolean fedAuthRequired() {
        return option(FEDAUTH_REQUIRED).map(data -> data[0] != 0).orElse(null);
    }

    /** {@link #NONCE_LENGTH} bytes, or null. */
    public byte[] nonce() {
        return option(NONCE).orElse(null);
    }

    private static void checkLength(Option option, int position) throws TdsProtocolException {
        int length = option.data().length;
        boolean good = switch (option.id()) {
            case VERSION -> length == ProgramVersion.LENGTH;
            case ENCRYPTION, MARS, FEDAUTH_REQUIRED -> length == 1;
            // a server answers THREADID and TRACEID with nothing
            case THREAD_ID -> length == 0 || length == 4;
            case TRACE_ID -> length == 0 || length == TRACE_ID_LENGTH;
            case NONCE -> length == NONCE_LENGTH;
            default -> true;
        };
        if (!good) {
            throw new TdsProtocolException(
                    "PRELOGIN option " + option.id() + " has " + length + " bytes, which it cannot have", position);
        }
        if (option.id() == ENCRYPTION) {
            Encryption.ofByte(option.data()[0] & 0xFF);
        }
    }

    private static int bigEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    /** Adds options in the order of the calls; VERSION has to be the first. Not thread-safe. */
    public static final class Builder {
        private final List<Option> options = new ArrayList<>();

        private Builder() {}

        public Builder version(ProgramVersion version) {
            return option(VERSION, version.toBytes());
        }

        public Builder encryption(Encryption encryption) {
            return option(ENCRYPTION, (byte) encryption.code());
        }

        /** Asks for encryption and offers a client certificate. */
        public Builder encryptionWithClientCertificate(Encryption encryption) {
            return option(ENCRYPTION, (byte) (encryption.code() | Encryption.CLIENT_CERTIFICATE));
        }

        /** @param name empty for the default instance */
        public Builder instance(String name) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            return option(INSTANCE, Arrays.copyOf(text, text.length + 1));
        }

        /** @param threadId 0 to 2^32 − 1 */
        public Builder threadId(long threadId) {
            return option(THREAD_ID, (byte) (threadId >>> 24), (byte) (threadId >>> 16), (byte) (threadId >>> 8), (byte)
                    threadId);
        }

        public Builder mars(boolean mars) {
            return option(MARS, (byte) (mars ? 1 : 0));
        }

        /** @param traceId {@link #TRACE_ID_LENGTH} bytes, or none in a server's answer */
        public Builder traceId(byte[] traceId) {
            return option(TRACE_ID, traceId);
        }

        public Builder fedAuthRequired(boolean required) {
            return option(FEDAUTH_REQUIRED, (byte) (required ? 1 : 0));
        }

        /** @param nonce {@link #NONCE_LENGTH} random bytes */
        public Builder nonce(byte[] nonce) {
            return option(NONCE, nonce);
        }

        /** Any option; replaces none: an id may be given once. */
        public Builder option(int id, byte... data) {
            if (options.stream().anyMatch(o -> o.id() == id)) {
                throw new IllegalArgumentException("PRELOGIN option " + id + " is there already");
            }
            if (id < 0 || id >= TERMINATOR) {
                throw new IllegalArgumentException("a PRELOGIN option's id is 0 to 254, not " + id);
            }
            options.add(new Option(id, data.clone()));
            return this;
        }

        public Prelogin build() {
            return new Prelogin(options);
        }
    }
}
