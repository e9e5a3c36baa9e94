package dev.tidegate.client.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.UnreadableValueException;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisconnectsTest {
    private static final ErrorContext CONTEXT = new ErrorContext("db", 1433, "shop", "execute");

    @ParameterizedTest
    @CsvSource({
        "596, 10, true",
        "50000, 20, true",
        "18456, 14, true",
        "547, 16, false",
        "1205, 13, false",
        "208, 16, false"
    })
    @Guarantee(
            value = "G22",
            surface = {Surface.D, Surface.P})
    void theServersErrorsAreToldApart(int number, int severity, boolean gone) {
        assertThat(Disconnects.isDisconnect(error(number, severity))).isEqualTo(gone);
        assertThat(Disconnects.isDisconnect(new IllegalStateException(error(number, severity))))
                .isEqualTo(gone);
    }

    @Test
    @Guarantee(
            value = "G22",
            surface = {Surface.D, Surface.P})
    void aFailedLineIsOneAlsoWhereItIsChained() {
        SQLException first = error(547, 16);
        first.setNextException(LineErrors.broken(new EOFException(), CONTEXT));
        assertThat(Disconnects.isDisconnect(first)).isTrue();
    }

    /** It is an IOException for those who read streams, but the row was read to its end. */
    @Test
    @Guarantee(
            value = "G22",
            surface = {Surface.D, Surface.P})
    void aValueThatCannotBeReadIsNone() {
        UnreadableValueException cause = new UnreadableValueException(0, "no such code page", null);
        assertThat(Disconnects.isDisconnect(new SQLDataException("no such code page", "22000", cause)))
                .isFalse();
        assertThat(Disconnects.isDisconnect(cause)).isFalse();
    }

    @Test
    void anErrorThatWasSerializedIsToldByItsNumberAndState() throws Exception {
        assertThat(Disconnects.isDisconnect(copy(error(596, 21)))).isTrue();
        assertThat(Disconnects.isDisconnect(copy(error(547, 16)))).isFalse();
    }

    private static SQLException error(int number, int severity) {
        ServerMessage message = new ServerMessage(true, number, 1, severity, "text", "db", "", 1);
        return ServerErrors.toException(List.of(message), CONTEXT);
    }

    private static SQLException copy(SQLException e) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(e);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (SQLException) in.readObject();
        }
    }
}
