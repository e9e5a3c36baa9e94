package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.TypeInfoCodec;
import dev.tidegate.tds.type.ValueCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of an RPC request: RPCReqBatch ([MS-TDS] 2.2.6.6). Nothing says how many parameters there are: after each comes another
 * one, or a flag where the length of its name would stand, or the end of the message.
 */
final class RpcCallCodec {
    private static final int PROCEDURE_ID_SWITCH = 0xFFFF;

    /** SQL Server's own limit on the parameters of a call. */
    private static final int MAX_PARAMETERS = 2100;

    private RpcCallCodec() {}

    /** Reads a call and the flag behind it, if there is one. */
    static RpcCall read(TdsReader in, TdsVersion version) throws IOException {
        long position = in.position();
        int nameLength = in.readUnsignedShort();
        int id = 0;
        String name = null;
        if (nameLength == PROCEDURE_ID_SWITCH) {
            id = in.readUnsignedShort();
            if (id == 0) {
                throw new TdsProtocolException("a procedure has the number 0", position);
            }
        } else {
            name = in.readUtf16(nameLength, PROCEDURE_ID_SWITCH - 1, "procedure name");
        }
        int optionFlags = in.readUnsignedShort();
        List<RpcParameter> parameters = new ArrayList<>();
        boolean execute = true;
        while (!in.atEnd()) {
            int next = in.peekUnsignedByte();
            if (isFlag(next, version)) {
                in.advance(1);
                execute = next != RpcRequest.NO_EXEC_FLAG;
                break;
            }
            if (parameters.size() == MAX_PARAMETERS) {
                throw new TdsProtocolException("a call has more than " + MAX_PARAMETERS + " parameters", in.position());
            }
            parameters.add(readParameter(in, version));
        }
        return new RpcCall(id, name, optionFlags, parameters, execute);
    }

    /** Writes a call without a flag behind it. */
    static void write(TdsWriter out, TdsVersion version, RpcCall call) throws IOException {
        if (call.name() == null) {
            out.writeShort(PROCEDURE_ID_SWITCH);
            out.writeShort(call.procedureId());
        } else {
            out.writeUsVarchar(call.name());
        }
        out.writeShort(call.optionFlags());
        for (RpcParameter parameter : call.parameters()) {
            writeParameter(out, version, parameter);
        }
    }

    /** Since TDS 7.2 a name may have 128 characters, so what was a flag before is a length then. */
    private static boolean isFlag(int value, TdsVersion version) {
        return version.atLeast(TdsVersion.V7_2)
                ? value == RpcRequest.BATCH_FLAG || value == RpcRequest.NO_EXEC_FLAG
                : value == RpcRequest.BATCH_FLAG_7_1;
    }

    private static RpcParameter readParameter(TdsReader in, TdsVersion version) throws IOException {
        long position = in.position();
        String name = in.readUtf16(in.readUnsignedByte(), RpcParameter.MAX_NAME, "parameter name");
        int status = in.readUnsignedByte();
        if ((status & RpcParameter.ENCRYPTED) != 0) {
            throw new TdsProtocolException(
                    "parameter " + name + " is encrypted by Always Encrypted, which is not supported", position);
        }
        TypeInfo type = TypeInfoCodec.readInRequest(in, version);
        Object value = type.type() == DataType.TVP ? TableValueCodec.read(in, version) : ValueCodec.read(in, type);
        return new RpcParameter(name, status, type, value);
    }

    private static void writeParameter(TdsWriter out, TdsVersion version, RpcParameter parameter) throws IOException {
        if (parameter.name().length() > RpcParameter.MAX_NAME) {
            throw new IllegalArgumentException("a parameter's name has "
                    + parameter.name().length() + " characters; at most " + RpcParameter.MAX_NAME + " are possible");
        }
        out.writeBVarchar(parameter.name());
        out.writeByte(parameter.status());
        TypeInfoCodec.writeInRequest(out, parameter.type(), version);
        if (parameter.type().type() == DataType.TVP) {
            TableValueCodec.write(out, version, (TableValue) parameter.value());
        } else {
            ValueCodec.write(out, parameter.type(), parameter.value());
        }
    }
}
