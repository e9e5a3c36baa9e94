package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.util.List;

/** RPCRequest ([MS-TDS] 2.2.6.6): one call or several, run in order. Below TDS 7.2 the headers are not on the wire. */
public record RpcRequest(RequestHeaders headers, List<RpcCall> calls) {
    public RpcRequest {
        calls = List.copyOf(calls);
    }

    public RpcRequest(RequestHeaders headers, RpcCall call) {
        this(headers, List.of(call));
    }

    /** Reads the rest of the current message. */
    public static RpcRequest read(TdsReader in, TdsVersion version) throws IOException {
        throw new UnsupportedOperationException("comes with the type codecs");
    }

    public void write(TdsWriter out, TdsVersion version) throws IOException {
        throw new UnsupportedOperationException("comes with the type codecs");
    }
}
