package dev.tidegate.client;

import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.RpcCall;
import dev.tidegate.tds.message.RpcParameter;
import dev.tidegate.tds.message.RpcRequest;
import java.util.List;

/** Brings calls into the form of the protocol ([MS-TDS] 2.2.6.6). */
final class CallEncoding {
    private CallEncoding() {}

    static RpcRequest request(RequestHeaders headers, List<ProcedureCall> calls) {
        RpcCall[] encoded = new RpcCall[calls.size()];
        for (int i = 0; i < encoded.length; i++) {
            ProcedureCall call = calls.get(i);
            List<RpcParameter> parameters = parameters(call);
            encoded[i] = call.id() == 0 ? RpcCall.byName(call.name(), parameters) : RpcCall.byId(call.id(), parameters);
        }
        return new RpcRequest(headers, List.of(encoded));
    }

    private static List<RpcParameter> parameters(ProcedureCall call) {
        List<Parameter> given = call.parameters();
        RpcParameter[] encoded = new RpcParameter[given.size()];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = parameter(given.get(i));
        }
        return List.of(encoded);
    }

    private static RpcParameter parameter(Parameter parameter) {
        int status = (parameter.output() ? RpcParameter.BY_REFERENCE : 0)
                | (parameter.byDefault() ? RpcParameter.DEFAULT_VALUE : 0);
        return new RpcParameter(parameter.name(), status, parameter.type(), parameter.value());
    }
}
