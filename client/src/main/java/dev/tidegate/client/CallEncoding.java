package dev.tidegate.client;

import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.RpcCall;
import dev.tidegate.tds.message.RpcParameter;
import dev.tidegate.tds.message.RpcRequest;
import java.util.ArrayList;
import java.util.List;

/** Brings calls into the form of the protocol ([MS-TDS] 2.2.6.6). */
final class CallEncoding {
    private CallEncoding() {}

    static RpcRequest request(RequestHeaders headers, List<ProcedureCall> calls) {
        List<RpcCall> encoded = new ArrayList<>(calls.size());
        for (ProcedureCall call : calls) {
            List<RpcParameter> parameters =
                    call.parameters().stream().map(CallEncoding::parameter).toList();
            encoded.add(call.id() == 0 ? RpcCall.byName(call.name(), parameters) : RpcCall.byId(call.id(), parameters));
        }
        return new RpcRequest(headers, encoded);
    }

    private static RpcParameter parameter(Parameter parameter) {
        int status = (parameter.output() ? RpcParameter.BY_REFERENCE : 0)
                | (parameter.byDefault() ? RpcParameter.DEFAULT_VALUE : 0);
        return new RpcParameter(parameter.name(), status, parameter.type(), parameter.value());
    }
}
