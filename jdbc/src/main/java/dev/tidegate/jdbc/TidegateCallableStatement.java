package dev.tidegate.jdbc;

import dev.tidegate.client.Item;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.jdbc.convert.Binding;
import dev.tidegate.jdbc.convert.Cell;
import dev.tidegate.jdbc.sql.CallEscape;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The call of a procedure, by parameter numbers or by their names, but not both. A call whose arguments are all markers goes as an RPC
 * request; any other goes as text.
 *
 * <p>Output parameters come after all results: asking for one skips the results that were not read yet.
 */
final class TidegateCallableStatement extends NamedOutputGetters {
    private static final int DEFAULT_OUTPUT_SCALE = 10;

    private final CallEscape call;
    private final Binding[] outputs;
    private final Cell[] received;
    private final boolean[] arrived;
    private final List<String> names = new ArrayList<>();
    private boolean byNumber;
    private boolean lastWasNull;

    TidegateCallableStatement(TidegateConnection connection, String sql) throws SQLException {
        super(connection, sql);
        call = CallEscape.parse(sql).orElse(null);
        outputs = new Binding[bindings().size()];
        received = new Cell[outputs.length];
        arrived = new boolean[outputs.length];
    }

    @Override
    String described() {
        return "callable statement";
    }

    private boolean isPlain() {
        return call != null && call.isPlain();
    }

    private int firstArgument() {
        return call != null && call.returnsStatus() ? 1 : 0;
    }

    @Override
    void bind(int index, Binding binding) throws SQLException {
        if (names.isEmpty()) {
            byNumber = true;
        }
        super.bind(index, binding);
    }

    @Override
    int indexOf(String parameter) throws SQLException {
        requireOpen();
        if (parameter == null || parameter.isEmpty()) {
            throw Failures.invalid("a parameter's name is empty");
        }
        String name = parameter.startsWith("@") ? parameter : "@" + parameter;
        if (firstArgument() == 1 && name.equalsIgnoreCase("@RETURN_VALUE")) {
            return 1;
        }
        if (!isPlain()) {
            throw Failures.unsupported("parameters have names only in a call whose arguments are all markers");
        }
        if (byNumber) {
            throw Failures.sequence(
                    "parameter " + parameter + " is named, but others were given by number: use one way");
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return firstArgument() + i + 1;
            }
        }
        if (names.size() == call.arguments().size()) {
            throw Failures.invalid("there is no parameter " + parameter + ": the call has " + names.size()
                    + " markers, which stand for " + names);
        }
        names.add(name);
        return firstArgument() + names.size();
    }

    @Override
    Request request() throws SQLException {
        java.util.Arrays.fill(received, null);
        java.util.Arrays.fill(arrived, false);
        if (isPlain()) {
            ProcedureCall plain = ProcedureCall.named(call.procedure(), arguments());
            return (client, options) -> client.call(plain, options);
        }
        for (Binding output : outputs) {
            if (output != null) {
                throw Failures.unsupported(
                        "output parameters need a call whose arguments are all markers: {call name(?, …)}");
            }
        }
        return super.request();
    }

    private List<Parameter> arguments() throws SQLException {
        List<Parameter> arguments = new ArrayList<>();
        for (int index = firstArgument() + 1; index <= outputs.length; index++) {
            Binding value = bindings().get(index);
            Binding output = outputs[index - 1];
            if (value == null && output == null) {
                throw Failures.sequence("parameter " + index + " is neither set nor registered as output");
            }
            int position = index - firstArgument() - 1;
            String name = position < names.size() ? names.get(position) : "";
            Binding sent = value == null ? output : value;
            arguments.add(new Parameter(name, sent.type(), sent.value(), output != null, false));
        }
        return arguments;
    }

    @Override
    void received(Item item) throws SQLException {
        if (item instanceof Item.Status status && firstArgument() == 1) {
            take(1, TypeInfo.integer(), status.value());
        } else if (item instanceof Item.OutputValue output && isPlain()) {
            take(numberOf(output), output.type(), output.value());
        } else {
            super.received(item);
        }
    }

    /** By name where the call used names: the server may count in the procedure's own order. */
    private int numberOf(Item.OutputValue output) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(output.name())) {
                return firstArgument() + i + 1;
            }
        }
        return firstArgument() + output.ordinal() + 1;
    }

    private void take(int number, TypeInfo type, Object value) {
        if (number >= 1 && number <= received.length) {
            arrived[number - 1] = true;
            received[number - 1] = value == null ? null : Cell.of(value, type, "output parameter " + number);
        }
    }

    @Override
    Cell output(int index) throws SQLException {
        requireOpen();
        bindings().check(index);
        Execution current = execution();
        if (current == null) {
            throw Failures.sequence("output parameter " + index + " has no value before the statement runs");
        }
        while (!arrived[index - 1] && current.isLive()) {
            advance();
        }
        if (!arrived[index - 1]) {
            throw Failures.sequence("parameter " + index + " came back with no value: was it registered as output?");
        }
        lastWasNull = received[index - 1] == null;
        return received[index - 1];
    }

    @Override
    public boolean wasNull() throws SQLException {
        requireOpen();
        return lastWasNull;
    }

    @Override
    public void registerOutParameter(int index, int sqlType) throws SQLException {
        registerOutParameter(index, sqlType, DEFAULT_OUTPUT_SCALE);
    }

    /** @param scale digits after the point, for decimals; else without meaning */
    @Override
    public void registerOutParameter(int index, int sqlType, int scale) throws SQLException {
        requireOpen();
        bindings().check(index);
        Binding nothing = binder().ofNull(sqlType);
        boolean decimal = sqlType == Types.DECIMAL || sqlType == Types.NUMERIC;
        outputs[index - 1] = decimal ? new Binding(TypeInfo.decimal(38, scale), null) : unbounded(nothing);
    }

    /** The size of what comes back is not known: nothing may be cut. */
    private Binding unbounded(Binding nothing) {
        return switch (nothing.type().sqlType()) {
            case NVARCHAR -> new Binding(TypeInfo.nvarchar(TypeInfo.PLP, binder().collation()), null);
            case VARCHAR -> new Binding(TypeInfo.varchar(TypeInfo.PLP, binder().collation()), null);
            case VARBINARY -> new Binding(TypeInfo.varbinary(TypeInfo.PLP), null);
            default -> nothing;
        };
    }

    @Override
    public void registerOutParameter(int index, int sqlType, String typeName) throws SQLException {
        registerOutParameter(index, sqlType);
    }

    @Override
    public void registerOutParameter(String parameter, int sqlType) throws SQLException {
        registerOutParameter(indexOf(parameter), sqlType);
    }

    @Override
    public void registerOutParameter(String parameter, int sqlType, int scale) throws SQLException {
        registerOutParameter(indexOf(parameter), sqlType, scale);
    }

    @Override
    public void registerOutParameter(String parameter, int sqlType, String typeName) throws SQLException {
        registerOutParameter(indexOf(parameter), sqlType);
    }

    @Override
    public void registerOutParameter(int index, SQLType type) throws SQLException {
        registerOutParameter(index, type.getVendorTypeNumber());
    }

    @Override
    public void registerOutParameter(int index, SQLType type, int scale) throws SQLException {
        registerOutParameter(index, type.getVendorTypeNumber(), scale);
    }

    @Override
    public void registerOutParameter(int index, SQLType type, String typeName) throws SQLException {
        registerOutParameter(index, type.getVendorTypeNumber());
    }

    @Override
    public void registerOutParameter(String parameter, SQLType type) throws SQLException {
        registerOutParameter(parameter, type.getVendorTypeNumber());
    }

    @Override
    public void registerOutParameter(String parameter, SQLType type, int scale) throws SQLException {
        registerOutParameter(parameter, type.getVendorTypeNumber(), scale);
    }

    @Override
    public void registerOutParameter(String parameter, SQLType type, String typeName) throws SQLException {
        registerOutParameter(parameter, type.getVendorTypeNumber());
    }
}
