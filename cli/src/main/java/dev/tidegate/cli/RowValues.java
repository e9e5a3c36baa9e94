package dev.tidegate.cli;

import dev.tidegate.client.Response;
import java.io.IOException;
import java.sql.SQLException;

/** Values of the row that a response stands on. */
public final class RowValues {
    private RowValues() {}

    /** @return in the Java form that {@code ValueCodec} documents; null for NULL */
    public static Object of(Response response, int column) throws SQLException {
        try {
            return response.row().getObject(column);
        } catch (IOException e) {
            throw response.failed(e);
        }
    }
}
