package dev.tidegate.server.procedure;

import dev.tidegate.server.backend.ProcedureCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of a call, found by name or by position as T-SQL allows; output values are set here. Used by one thread. */
public final class ProcedureArguments {
    private final List<ProcedureCall.Parameter> parameters;
    private final List<Object> outputs = new ArrayList<>();

    public ProcedureArguments(List<ProcedureCall.Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
        parameters.forEach(parameter -> outputs.add(parameter.value()));
    }

    public List<ProcedureCall.Parameter> all() {
        return parameters;
    }

    /**
     * @param name with its at sign, in any case
     * @param position from 0, where an argument without a name stands for this parameter
     */
    public Optional<ProcedureCall.Parameter> find(String name, int position) {
        for (ProcedureCall.Parameter parameter : parameters) {
            if (parameter.name().equalsIgnoreCase(name)) {
                return Optional.of(parameter);
            }
        }
        if (position >= 0
                && position < parameters.size()
                && parameters.get(position).name().isEmpty()) {
            return Optional.of(parameters.get(position));
        }
        return Optional.empty();
    }

    /** @return the value, or null if the argument is NULL or was not given */
    public Object value(String name, int position) {
        return find(name, position)
                .filter(parameter -> !parameter.useDefault())
                .map(ProcedureCall.Parameter::value)
                .orElse(null);
    }

    /** As {@link #value}, as text. */
    public String text(String name, int position) {
        Object value = value(name, position);
        return value == null ? null : value.toString();
    }

    /** As {@link #value}, as a number; {@code otherwise} if NULL, not given or not a number. */
    public int number(String name, int position, int otherwise) {
        return value(name, position) instanceof Number number ? number.intValue() : otherwise;
    }

    /** Sets what an output parameter returns, by its position; ignored if there is none. */
    public void setOutput(int position, Object value) {
        if (position >= 0 && position < outputs.size()) {
            outputs.set(position, value);
        }
    }

    /** What the argument at this position holds after the call. */
    public Object output(int position) {
        return outputs.get(position);
    }
}
