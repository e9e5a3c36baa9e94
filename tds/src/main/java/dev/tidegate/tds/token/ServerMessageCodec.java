package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/** ERROR and INFO ([MS-TDS] 2.2.7.10 and 2.2.7.13). Before TDS 7.2 the line has two bytes. */
final class ServerMessageCodec {
    /** Longest text written, in UTF-16 code units: what a token of 65,535 bytes can hold besides the longest names. */
    private static final int MAX_TEXT = (0xFFFF - 12 - 2 * (1 + 2 * 255)) / 2;

    private ServerMessageCodec() {}

    static ServerMessage read(TdsReader in, TdsVersion version, boolean error) throws IOException {
        TokenBody body = TokenBody.ofShortLength(in, error ? "ERROR" : "INFO");
        int number = in.readInt();
        int state = in.readUnsignedByte();
        int severity = in.readUnsignedByte();
        String text = in.readUsVarchar("message text");
        String server = in.readBVarchar("server name");
        String procedure = in.readBVarchar("procedure name");
        long line = version.atLeast(TdsVersion.V7_2) ? in.readUnsignedInt() : in.readUnsignedShort();
        body.finish();
        return new ServerMessage(error, number, state, severity, text, server, procedure, line);
    }

    /** A text or name that is too long for the token is cut: an error has to arrive, whatever it quotes. */
    static void write(TdsWriter out, ServerMessage message, TdsVersion version) throws IOException {
        String text = cut(message.text(), MAX_TEXT);
        String server = cut(message.server(), 255);
        String procedure = cut(message.procedure(), 255);
        boolean longLine = version.atLeast(TdsVersion.V7_2);
        out.writeByte(message.error() ? TokenType.ERROR : TokenType.INFO);
        out.writeShort(4
                + 1
                + 1
                + (2 + 2 * text.length())
                + (1 + 2 * server.length())
                + (1 + 2 * procedure.length())
                + (longLine ? 4 : 2));
        out.writeInt(message.number());
        out.writeByte(message.state());
        out.writeByte(message.severity());
        out.writeUsVarchar(text);
        out.writeBVarchar(server);
        out.writeBVarchar(procedure);
        if (longLine) {
            out.writeInt((int) message.line());
        } else {
            out.writeShort((int) message.line());
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
