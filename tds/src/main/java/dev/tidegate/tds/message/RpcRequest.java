package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * RPCRequest ([MS-TDS] 2.2.6.6): one call or several, run in order. Below TDS 7.2 the headers are not on the wire, and another byte
 * stands between calls.
 */
public record RpcRequest(RequestHeaders headers, List<RpcCall> calls) {
    /** Between two calls since TDS 7.2. */
    static final int BATCH_FLAG = 0xFF;
    /** Between two calls, of which the first is not to be run. */
    static final int NO_EXEC_FLAG = 0xFE;
    /** Between two calls below TDS 7.2. */
    static final int BATCH_FLAG_7_1 = 0x80;

    public RpcRequest {
        calls = List.copyOf(calls);
    }

    public RpcRequest(RequestHeaders headers, RpcCall call) {
        this(headers, List.of(call));
    }

    /**
     * Reads the rest of the current message.
     *
     * @throws TdsProtocolException if it is not made up as an RPC request, or if a parameter is encrypted
     */
    public static RpcRequest read(TdsReader in, TdsVersion version) throws IOException {
        RequestHeaders headers = RequestHeaders.read(in, version);
        List<RpcCall> calls = new ArrayList<>();
        do {
            calls.add(RpcCallCodec.read(in, version));
        } while (!in.atEnd());
        return new RpcRequest(headers, calls);
    }

    public void write(TdsWriter out, TdsVersion version) throws IOException {
        headers.write(out, version);
        for (int i = 0; i < calls.size(); i++) {
            RpcCallCodec.write(out, version, calls.get(i));
            boolean last = i == calls.size() - 1;
            if (!calls.get(i).execute()) {
                out.writeByte(NO_EXEC_FLAG);
            } else if (!last) {
                out.writeByte(version.atLeast(TdsVersion.V7_2) ? BATCH_FLAG : BATCH_FLAG_7_1);
            }
        }
    }
}
