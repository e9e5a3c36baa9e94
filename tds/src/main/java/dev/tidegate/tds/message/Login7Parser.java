package dev.tidegate.tds.message;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.Utf16;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Takes a LOGIN7 apart ([MS-TDS] 2.2.6.4). Offsets and lengths are claims: every field must lie behind the fixed part, inside the
 * message, and over no other field.
 */
final class Login7Parser {
    /** Length of the fixed part before TDS 7.2, which has no password change and no long SSPI. */
    static final int FIXED_LENGTH_7_1 = 86;

    static final int FIXED_LENGTH = 94;

    static final int OFFSETS = 36;
    static final int CLIENT_ID = 72;
    static final int SSPI = 78;
    static final int ATTACH_FILE = 82;
    static final int NEW_PASSWORD = 86;
    static final int SSPI_LONG = 90;

    private static final int SSPI_IN_LONG_FIELD = 0xFFFF;

    private final byte[] bytes;
    private final int length;
    private final int fixedLength;
    private final List<Extent> extents = new ArrayList<>();

    private record Extent(String what, int start, int end) {}

    private Login7Parser(byte[] bytes) throws TdsProtocolException {
        this.bytes = bytes;
        if (bytes.length < FIXED_LENGTH_7_1) {
            throw new TdsProtocolException("LOGIN7 has only " + bytes.length + " bytes", 0);
        }
        this.length = LittleEndian.getInt(bytes, 0);
        if (length != bytes.length) {
            throw new TdsProtocolException(
                    "LOGIN7 claims a length of " + (length & 0xFFFF_FFFFL) + " bytes; the message has " + bytes.length,
                    0);
        }
        int firstOffset = LittleEndian.getUnsignedShort(bytes, OFFSETS);
        this.fixedLength = firstOffset < FIXED_LENGTH ? FIXED_LENGTH_7_1 : FIXED_LENGTH;
        if (firstOffset < fixedLength || firstOffset > length) {
            throw new TdsProtocolException("LOGIN7's first field cannot lie at " + firstOffset, OFFSETS);
        }
    }

    static Login7 parse(byte[] bytes) throws TdsProtocolException {
        return new Login7Parser(bytes).parse();
    }

    private Login7 parse() throws TdsProtocolException {
        LoginFlags flags = new LoginFlags(bytes[24] & 0xFF, bytes[25] & 0xFF, bytes[26] & 0xFF, bytes[27] & 0xFF);
        boolean isLong = fixedLength == FIXED_LENGTH;
        String hostName = text(OFFSETS, "host name");
        String userName = text(OFFSETS + 4, "user name");
        String password = Login7Password.show(field(OFFSETS + 8, 2, "password"));
        String applicationName = text(OFFSETS + 12, "application name");
        String serverName = text(OFFSETS + 16, "server name");
        List<LoginFeature> features = flags.extension() ? features(OFFSETS + 20) : null;
        String libraryName = text(OFFSETS + 24, "library name");
        String language = text(OFFSETS + 28, "language");
        String database = text(OFFSETS + 32, "database name");
        byte[] sspi = sspi(isLong);
        String attachFile = text(ATTACH_FILE, "path of the database file");
        String newPassword = isLong ? Login7Password.show(field(NEW_PASSWORD, 2, "new password")) : "";
        checkOverlaps();
        return new Login7(
                LittleEndian.getInt(bytes, 4),
                LittleEndian.getInt(bytes, 8),
                LittleEndian.getInt(bytes, 12),
                LittleEndian.getInt(bytes, 16),
                LittleEndian.getInt(bytes, 20),
                flags,
                LittleEndian.getInt(bytes, 28),
                LittleEndian.getInt(bytes, 32),
                hostName,
                userName,
                password,
                applicationName,
                serverName,
                libraryName,
                language,
                database,
                Arrays.copyOfRange(bytes, CLIENT_ID, CLIENT_ID + Login7.CLIENT_ID_LENGTH),
                sspi,
                attachFile,
                newPassword,
                features);
    }

    private String text(int at, String what) throws TdsProtocolException {
        return Utf16.decode(field(at, 2, what));
    }

    /** @param unit bytes that a unit of the field's length stands for */
    private byte[] field(int at, int unit, String what) throws TdsProtocolException {
        int offset = LittleEndian.getUnsignedShort(bytes, at);
        return slice(what, offset, (long) LittleEndian.getUnsignedShort(bytes, at + 2) * unit, at);
    }

    private byte[] sspi(boolean isLong) throws TdsProtocolException {
        int offset = LittleEndian.getUnsignedShort(bytes, SSPI);
        long count = LittleEndian.getUnsignedShort(bytes, SSPI + 2);
        if (count == SSPI_IN_LONG_FIELD && isLong && LittleEndian.getInt(bytes, SSPI_LONG) != 0) {
            count = LittleEndian.getInt(bytes, SSPI_LONG) & 0xFFFF_FFFFL;
        }
        return slice("SSPI data", offset, count, SSPI);
    }

    /** Behind an offset stands not the block but where it is: it may lie beyond what an offset of two bytes reaches. */
    private List<LoginFeature> features(int at) throws TdsProtocolException {
        byte[] pointer = field(at, 1, "extension");
        if (pointer.length < 4) {
            throw new TdsProtocolException("LOGIN7's extension has " + pointer.length + " bytes, not 4", at);
        }
        long start = LittleEndian.getInt(pointer, 0) & 0xFFFF_FFFFL;
        List<LoginFeature> features = new ArrayList<>();
        long next = start;
        while (true) {
            int id = slice("feature list", next, 1, at)[0] & 0xFF;
            next++;
            if (id == LoginFeature.TERMINATOR) {
                return features;
            }
            if (id == 0) {
                throw new TdsProtocolException("LOGIN7 has a feature with the id 0", next - 1);
            }
            long count = LittleEndian.getInt(slice("feature's length", next, 4, at), 0) & 0xFFFF_FFFFL;
            features.add(new LoginFeature(id, slice("feature 0x" + Integer.toHexString(id), next + 4, count, at)));
            next += 4 + count;
        }
    }

    private byte[] slice(String what, long offset, long count, int position) throws TdsProtocolException {
        // a field that is not used has any offset
        if (count == 0) {
            return new byte[0];
        }
        if (offset < fixedLength || count > length - offset) {
            throw new TdsProtocolException(
                    "LOGIN7's " + what + " lies at " + offset + " with " + count + " bytes, outside the " + fixedLength
                            + " to " + length + " where data may be",
                    position);
        }
        int end = (int) (offset + count);
        extents.add(new Extent(what, (int) offset, end));
        return Arrays.copyOfRange(bytes, (int) offset, end);
    }

    private void checkOverlaps() throws TdsProtocolException {
        extents.sort(Comparator.comparingInt(Extent::start));
        for (int i = 1; i < extents.size(); i++) {
            Extent before = extents.get(i - 1);
            Extent here = extents.get(i);
            if (here.start() < before.end()) {
                throw new TdsProtocolException(
                        "LOGIN7's " + here.what() + " overlaps its " + before.what(), here.start());
            }
        }
    }
}
