package dev.tidegate.jdbc;

import static dev.tidegate.jdbc.RehearsedBackend.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.backend.ProcedureCall;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import org.junit.jupiter.api.Test;

class CallableStatementTest extends OnScriptedServer {
    private void scriptDouble() {
        script().on("dbo.twice", (sink, values) -> {
            rows(NUMBER, new Object[] {1}).write(sink, values);
            int input = (Integer) values.get(0).value();
            sink.returnStatus(7);
            sink.returnValue(1, values.get(1).name(), TypeInfo.integer(), input * 2);
        });
    }

    private ProcedureCall last() {
        return script().calls().get(script().calls().size() - 1);
    }

    @Test
    void callsByNumber() throws SQLException {
        scriptDouble();
        try (CallableStatement call = connection().prepareCall("{? = call dbo.twice(?, ?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, 21);
            call.registerOutParameter(3, Types.INTEGER);
            assertThat(call.execute()).isTrue();
            try (ResultSet result = call.getResultSet()) {
                assertThat(result.next()).isTrue();
            }
            assertThat(call.getInt(3)).isEqualTo(42);
            assertThat(call.getInt(1)).isEqualTo(7);
            assertThat(call.getObject(3)).isEqualTo(42);
            assertThat(call.getString(3)).isEqualTo("42");
            assertThat(call.wasNull()).isFalse();
            assertThatThrownBy(() -> call.getInt(4)).isInstanceOf(SQLException.class);
        }
        assertThat(last().parameters().get(1).output()).isTrue();
        assertThat(last().parameters().get(0).name()).isEmpty();
    }

    @Test
    void callsByName() throws SQLException {
        scriptDouble();
        try (CallableStatement call = connection().prepareCall("{call dbo.twice(?, ?)}")) {
            call.setInt("input", 4);
            call.registerOutParameter("@output", Types.INTEGER);
            call.execute();
            assertThat(call.getInt("OUTPUT")).isEqualTo(8);
            assertThatThrownBy(() -> call.setInt("third", 1)).hasMessageContaining("third");
        }
        assertThat(last().parameters())
                .extracting(ProcedureCall.Parameter::name)
                .containsExactly("@input", "@output");
    }

    @Test
    void numbersAndNamesDoNotMix() throws SQLException {
        try (CallableStatement call = connection().prepareCall("{call p(?, ?)}")) {
            call.setInt(1, 1);
            assertThatThrownBy(() -> call.setInt("b", 2)).hasMessageContaining("use one way");
            assertThatThrownBy(call::execute).hasMessageContaining("parameter 2");
        }
    }

    @Test
    void aCallWithLiteralsGoesAsText() throws SQLException {
        script().on("EXEC p @P0, 'x'", rows(NUMBER, new Object[] {5}));
        try (CallableStatement call = connection().prepareCall("{call p(?, 'x')}")) {
            call.setInt(1, 1);
            assertThat(call.executeQuery().next()).isTrue();
            call.registerOutParameter(1, Types.INTEGER);
            assertThatThrownBy(call::execute).isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }
}
