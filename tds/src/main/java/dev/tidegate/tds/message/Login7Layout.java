package dev.tidegate.tds.message;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.Utf16;
import java.util.Arrays;

/**
 * Puts a LOGIN7 together ([MS-TDS] 2.2.6.4): the fixed part, then the fields in the order of their offsets without gaps, the FeatureExt
 * block last. A field that is empty has the offset where it would stand.
 */
final class Login7Layout {
    private static final int SSPI_IN_LONG_FIELD = 0xFFFF;

    private final Login7 login;
    private final boolean isLong;
    private byte[] bytes;
    private int end;

    Login7Layout(Login7 login) {
        this.login = login;
        this.isLong = Integer.compareUnsigned(login.tdsVersion(), TdsVersion.V7_2.code()) >= 0
                || login.tdsVersion() == TdsVersion.V8_0.code();
        this.bytes = new byte[512];
        this.end = isLong ? Login7Parser.FIXED_LENGTH : Login7Parser.FIXED_LENGTH_7_1;
    }

    byte[] toBytes() {
        LittleEndian.putInt(bytes, 4, login.tdsVersion());
        LittleEndian.putInt(bytes, 8, login.packetSize());
        LittleEndian.putInt(bytes, 12, login.clientProgramVersion());
        LittleEndian.putInt(bytes, 16, login.clientProcessId());
        LittleEndian.putInt(bytes, 20, login.connectionId());
        bytes[24] = (byte) login.flags().options1();
        bytes[25] = (byte) login.flags().options2();
        bytes[26] = (byte) login.flags().type();
        bytes[27] = (byte)
                login.flags().withOptions3(LoginFlags.EXTENSION, hasFeatures()).options3();
        LittleEndian.putInt(bytes, 28, login.clientTimeZone());
        LittleEndian.putInt(bytes, 32, login.clientLcid());

        int at = Login7Parser.OFFSETS;
        text(at, login.hostName());
        text(at + 4, login.userName());
        field(at + 8, Login7Password.hide(login.password()), 2);
        text(at + 12, login.applicationName());
        text(at + 16, login.serverName());
        int pointer = end;
        field(at + 20, new byte[hasFeatures() ? 4 : 0], 1);
        text(at + 24, login.libraryName());
        text(at + 28, login.language());
        text(at + 32, login.database());
        System.arraycopy(login.clientId(), 0, bytes, Login7Parser.CLIENT_ID, Login7.CLIENT_ID_LENGTH);
        sspi();
        text(Login7Parser.ATTACH_FILE, login.attachDatabaseFile());
        if (isLong) {
            field(Login7Parser.NEW_PASSWORD, Login7Password.hide(login.newPassword()), 2);
        }
        if (hasFeatures()) {
            LittleEndian.putInt(bytes, pointer, end);
            features();
        }
        LittleEndian.putInt(bytes, 0, end);
        return Arrays.copyOf(bytes, end);
    }

    private boolean hasFeatures() {
        return login.features() != null;
    }

    private void text(int at, String value) {
        field(at, Utf16.encode(value), 2);
    }

    private void field(int at, byte[] data, int unit) {
        if (data.length > 0 && (end > 0xFFFF || data.length / unit > 0xFFFF)) {
            throw new IllegalArgumentException("this login does not fit into LOGIN7: a field would lie at " + end
                    + " with " + data.length + " bytes");
        }
        // behind long SSPI data only an empty field is possible, whose offset means nothing
        LittleEndian.putShort(bytes, at, (short) Math.min(end, 0xFFFF));
        LittleEndian.putShort(bytes, at + 2, (short) (data.length / unit));
        append(data);
    }

    private void sspi() {
        byte[] data = login.sspi();
        if (data.length < SSPI_IN_LONG_FIELD || !isLong) {
            field(Login7Parser.SSPI, data, 1);
            return;
        }
        LittleEndian.putShort(bytes, Login7Parser.SSPI, (short) end);
        LittleEndian.putShort(bytes, Login7Parser.SSPI + 2, (short) SSPI_IN_LONG_FIELD);
        LittleEndian.putInt(bytes, Login7Parser.SSPI_LONG, data.length);
        append(data);
    }

    private void features() {
        for (LoginFeature feature : login.features()) {
            byte[] head = new byte[5];
            head[0] = (byte) feature.id();
            LittleEndian.putInt(head, 1, feature.data().length);
            append(head);
            append(feature.data());
        }
        append(new byte[] {(byte) LoginFeature.TERMINATOR});
    }

    private void append(byte[] data) {
        if (end + data.length > Login7.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "this login does not fit into LOGIN7: more than " + Login7.MAX_LENGTH + " bytes");
        }
        if (end + data.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + data.length));
        }
        System.arraycopy(data, 0, bytes, end, data.length);
        end += data.length;
    }
}
