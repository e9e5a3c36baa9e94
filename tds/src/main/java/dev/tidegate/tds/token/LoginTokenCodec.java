package dev.tidegate.tds.token;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.packet.Utf16;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a server sends while a client logs in: LOGINACK, FEATUREEXTACK, FEDAUTHINFO, SSPI ([MS-TDS] 2.2.7). */
final class LoginTokenCodec {
    private static final int FEATURE_TERMINATOR = 0xFF;

    /** Longest data of all features together that is accepted, in bytes. */
    private static final int MAX_FEATURES = 1024 * 1024;

    private static final int MAX_FEDAUTH_INFO = 64 * 1024;
    private static final int FEDAUTH_ENTRY = 9;
    private static final int STS_URL = 1;
    private static final int SERVICE_PRINCIPAL_NAME = 2;

    private LoginTokenCodec() {}

    static LoginAck readLoginAck(TdsReader in) throws IOException {
        TokenBody body = TokenBody.ofShortLength(in, "LOGINACK");
        int sqlInterface = in.readUnsignedByte();
        int tdsVersion = in.readIntBigEndian();
        String programName = in.readBVarchar("program name");
        int programVersion = in.readIntBigEndian();
        body.finish();
        return new LoginAck(sqlInterface, tdsVersion, programName, programVersion);
    }

    static void write(TdsWriter out, LoginAck ack) throws IOException {
        out.writeByte(TokenType.LOGINACK);
        out.writeShort(1 + 4 + 1 + 2 * ack.programName().length() + 4);
        out.writeByte(ack.sqlInterface());
        out.writeIntBigEndian(ack.tdsVersion());
        out.writeBVarchar(ack.programName());
        out.writeIntBigEndian(ack.programVersion());
    }

    static FeatureExtAck readFeatureExtAck(TdsReader in) throws IOException {
        Map<Integer, byte[]> features = new LinkedHashMap<>();
        int budget = MAX_FEATURES;
        while (true) {
            long position = in.position();
            int id = in.readUnsignedByte();
            if (id == FEATURE_TERMINATOR) {
                return new FeatureExtAck(features);
            }
            byte[] data = in.readBytes(in.readUnsignedInt(), budget, "feature 0x" + Integer.toHexString(id));
            budget -= data.length;
            if (features.put(id, data) != null) {
                throw new TdsProtocolException(
                        "feature 0x" + Integer.toHexString(id) + " is acknowledged twice", position);
            }
        }
    }

    static void write(TdsWriter out, FeatureExtAck ack) throws IOException {
        out.writeByte(TokenType.FEATUREEXTACK);
        for (Map.Entry<Integer, byte[]> feature : ack.features().entrySet()) {
            out.writeByte(feature.getKey());
            out.writeInt(feature.getValue().length);
            out.writeBytes(feature.getValue());
        }
        out.writeByte(FEATURE_TERMINATOR);
    }

    static FedAuthInfo readFedAuthInfo(TdsReader in) throws IOException {
        TokenBody body = TokenBody.ofLongLength(in, "FEDAUTHINFO", MAX_FEDAUTH_INFO);
        long start = in.position();
        byte[] bytes = body.rest();
        long count = bytes.length < 4 ? -1 : LittleEndian.getInt(bytes, 0) & 0xFFFF_FFFFL;
        long dataStart = 4 + count * FEDAUTH_ENTRY;
        if (count < 0 || dataStart > bytes.length) {
            throw new TdsProtocolException(
                    "FEDAUTHINFO of " + bytes.length + " bytes cannot hold the entries that it claims", start);
        }
        String stsUrl = null;
        String servicePrincipalName = null;
        for (int at = 4; at < dataStart; at += FEDAUTH_ENTRY) {
            int id = bytes[at] & 0xFF;
            long length = LittleEndian.getInt(bytes, at + 1) & 0xFFFF_FFFFL;
            long offset = LittleEndian.getInt(bytes, at + 5) & 0xFFFF_FFFFL;
            if (offset < dataStart || offset + length > bytes.length) {
                throw new TdsProtocolException(
                        "FEDAUTHINFO's entry " + id + " lies at " + offset + " with " + length + " bytes, outside the "
                                + dataStart + " to " + bytes.length + " where data may be",
                        start + at);
            }
            if ((length & 1) != 0) {
                throw new TdsProtocolException(
                        "FEDAUTHINFO's entry " + id + " is UTF-16 text of " + length + " bytes, an odd number",
                        start + at);
            }
            String text = Utf16.decode(bytes, (int) offset, (int) length);
            if (id == STS_URL) {
                stsUrl = text;
            } else if (id == SERVICE_PRINCIPAL_NAME) {
                servicePrincipalName = text;
            }
        }
        return new FedAuthInfo(stsUrl, servicePrincipalName);
    }

    static void write(TdsWriter out, FedAuthInfo info) throws IOException {
        int count = (info.stsUrl() == null ? 0 : 1) + (info.servicePrincipalName() == null ? 0 : 1);
        int offset = 4 + count * FEDAUTH_ENTRY;
        out.writeByte(TokenType.FEDAUTHINFO);
        out.writeInt(offset + length(info.stsUrl()) + length(info.servicePrincipalName()));
        out.writeInt(count);
        writeEntry(out, STS_URL, info.stsUrl(), offset);
        writeEntry(out, SERVICE_PRINCIPAL_NAME, info.servicePrincipalName(), offset + length(info.stsUrl()));
        if (info.stsUrl() != null) {
            out.writeUtf16(info.stsUrl());
        }
        if (info.servicePrincipalName() != null) {
            out.writeUtf16(info.servicePrincipalName());
        }
    }

    static SspiToken readSspi(TdsReader in) throws IOException {
        return new SspiToken(in.readBytes(in.readUnsignedShort(), 0xFFFF, "SSPI data"));
    }

    static void write(TdsWriter out, SspiToken token) throws IOException {
        if (token.data().length > 0xFFFF) {
            throw new IllegalArgumentException("SSPI data of " + token.data().length + " bytes; at most 65535");
        }
        out.writeByte(TokenType.SSPI);
        out.writeShort(token.data().length);
        out.writeBytes(token.data());
    }

    private static void writeEntry(TdsWriter out, int id, String text, int offset) throws IOException {
        if (text != null) {
            out.writeByte(id);
            out.writeInt(length(text));
            out.writeInt(offset);
        }
    }

    private static int length(String text) {
        return text == null ? 0 : 2 * text.length();
    }
}
