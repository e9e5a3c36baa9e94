package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.SqlKind;
import dev.tidegate.jdbc.convert.TypeFacts;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.ParameterMetaData;
import java.sql.SQLException;

/** The types that the server suggests for a statement's parameters. Immutable. */
final class TidegateParameterMetaData extends SqlWrapper implements ParameterMetaData {
    private final TypeInfo[] types;

    /** @param types null where the server suggested none */
    TidegateParameterMetaData(TypeInfo[] types) {
        this.types = types;
    }

    private TypeInfo type(int number) throws SQLException {
        if (number < 1 || number > types.length) {
            throw Failures.invalid("there is no parameter " + number + ": the statement has " + types.length);
        }
        TypeInfo type = types[number - 1];
        if (type == null) {
            throw Failures.invalid("the server suggests no type for parameter " + number);
        }
        return type;
    }

    @Override
    public int getParameterCount() {
        return types.length;
    }

    @Override
    public int isNullable(int number) throws SQLException {
        type(number);
        return parameterNullableUnknown;
    }

    @Override
    public boolean isSigned(int number) throws SQLException {
        return TypeFacts.signed(type(number));
    }

    @Override
    public int getPrecision(int number) throws SQLException {
        return TypeFacts.precision(type(number));
    }

    @Override
    public int getScale(int number) throws SQLException {
        return TypeFacts.scale(type(number));
    }

    @Override
    public int getParameterType(int number) throws SQLException {
        return SqlKind.of(type(number)).jdbcType();
    }

    @Override
    public String getParameterTypeName(int number) throws SQLException {
        return SqlKind.of(type(number)).sqlName();
    }

    @Override
    public String getParameterClassName(int number) throws SQLException {
        return SqlKind.of(type(number)).javaClass().getName();
    }

    @Override
    public int getParameterMode(int number) throws SQLException {
        type(number);
        return parameterModeIn;
    }
}
