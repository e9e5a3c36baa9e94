package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.TypeInfoCodec;
import dev.tidegate.tds.type.ValueCodec;
import java.io.IOException;

/** What a request comes to: DONE, DONEPROC, DONEINPROC, RETURNSTATUS, RETURNVALUE ([MS-TDS] 2.2.7). */
final class ResultTokenCodec {
    private ResultTokenCodec() {}

    static Done readDone(TdsReader in, TdsVersion version, Done.Kind kind) throws IOException {
        int status = in.readUnsignedShort();
        int command = in.readUnsignedShort();
        long rowCount = version.atLeast(TdsVersion.V7_2) ? in.readLong() : in.readUnsignedInt();
        return new Done(kind, status, command, rowCount);
    }

    static void write(TdsWriter out, Done done, TdsVersion version) throws IOException {
        out.writeByte(
                switch (done.kind()) {
                    case DONE -> TokenType.DONE;
                    case DONEPROC -> TokenType.DONEPROC;
                    case DONEINPROC -> TokenType.DONEINPROC;
                });
        out.writeShort(done.status());
        out.writeShort(done.command());
        if (version.atLeast(TdsVersion.V7_2)) {
            out.writeLong(done.rowCount());
        } else {
            // a count that four bytes cannot hold saturates, as a wrapped one would be taken for true
            out.writeInt((int) Math.min(done.rowCount(), 0xFFFF_FFFFL));
        }
    }

    static void write(TdsWriter out, ReturnStatus token) throws IOException {
        out.writeByte(TokenType.RETURNSTATUS);
        out.writeInt(token.value());
    }

    static ReturnValue readReturnValue(TdsReader in, TdsVersion version) throws IOException {
        int ordinal = in.readUnsignedShort();
        String name = in.readBVarchar("parameter name");
        int status = in.readUnsignedByte();
        int userType = ColMetadataCodec.readUserType(in, version);
        long position = in.position();
        int flags = in.readUnsignedShort();
        if ((flags & Column.ENCRYPTED) != 0) {
            throw new TdsProtocolException(
                    "output parameter " + name + " is encrypted by Always Encrypted, which is not supported", position);
        }
        TypeInfo type = TypeInfoCodec.read(in, version);
        return new ReturnValue(ordinal, name, status, userType, flags, type, ValueCodec.read(in, type));
    }

    static void write(TdsWriter out, ReturnValue token, TdsVersion version) throws IOException {
        out.writeByte(TokenType.RETURNVALUE);
        out.writeShort(token.ordinal());
        out.writeBVarchar(token.name());
        out.writeByte(token.status());
        ColMetadataCodec.writeUserType(out, token.userType(), version);
        out.writeShort(token.flags());
        TypeInfoCodec.write(out, token.type(), version);
        ValueCodec.write(out, token.type(), token.value());
    }
}
