package dev.tidegate.server.tsql.function;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.List;

/** The arguments of a call while it is written for H2. */
record Arguments(String name, List<Operand> operands, FunctionContext context) {
    Arguments checked(int fewest, int most) throws SqlServerException {
        FunctionArity.check(name, operands.size(), fewest, most);
        return this;
    }

    int size() {
        return operands.size();
    }

    Operand get(int index) {
        return operands.get(index);
    }

    /** The argument's own type; {@code otherwise} for a bare NULL. */
    SqlType type(int index, SqlType otherwise) {
        return operands.get(index).isNull() ? otherwise : operands.get(index).type();
    }

    String as(int index, SqlType type) throws SqlServerException {
        return context.convert(operands.get(index), type);
    }

    /** The argument as text of its own type, or of nvarchar if it is none. */
    String text(int index) throws SqlServerException {
        return as(index, textType(index));
    }

    SqlType textType(int index) {
        return operands.get(index).textTypeOr(SqlType.nvarchar(4000));
    }

    String integer(int index) throws SqlServerException {
        return as(index, SqlType.INT);
    }

    /** As {@link #integer}, or a constant if the argument was not given. */
    String integerOr(int index, int otherwise) throws SqlServerException {
        return index < operands.size() ? integer(index) : Integer.toString(otherwise);
    }

    boolean nullable() {
        return operands.stream().anyMatch(Operand::nullable);
    }

    Operand result(String sql, SqlType type) {
        return new Operand(sql, type, nullable(), null);
    }
}
