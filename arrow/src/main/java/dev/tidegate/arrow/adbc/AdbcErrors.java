package dev.tidegate.arrow.adbc;

import dev.tidegate.client.error.Disconnects;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcStatusCode;

/** What an error of SQL Server or of the line is in ADBC: a status, with the SQLSTATE and the server's number beside it. */
final class AdbcErrors {
    private AdbcErrors() {}

    static AdbcException of(SQLException e) {
        return new AdbcException(e.getMessage(), e, status(e), e.getSQLState(), e.getErrorCode());
    }

    private static AdbcStatusCode status(SQLException e) {
        AdbcStatusCode known = ofNumber(e.getErrorCode());
        if (known != null) {
            return known;
        }
        if (e instanceof SQLTimeoutException) {
            return AdbcStatusCode.TIMEOUT;
        }
        if (Disconnects.isDisconnect(e)) {
            return AdbcStatusCode.IO;
        }
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "HY008", "57014" -> AdbcStatusCode.CANCELLED;
            case "HY010", "24000" -> AdbcStatusCode.INVALID_STATE;
            case "42S02" -> AdbcStatusCode.NOT_FOUND;
            case "42S01" -> AdbcStatusCode.ALREADY_EXISTS;
            default -> ofClass(state.length() < 2 ? "" : state.substring(0, 2));
        };
    }

    private static AdbcStatusCode ofClass(String sqlStateClass) {
        return switch (sqlStateClass) {
            case "08" -> AdbcStatusCode.IO;
            case "0A" -> AdbcStatusCode.NOT_IMPLEMENTED;
            case "22" -> AdbcStatusCode.INVALID_DATA;
            case "23" -> AdbcStatusCode.INTEGRITY;
            case "25" -> AdbcStatusCode.INVALID_STATE;
            case "28" -> AdbcStatusCode.UNAUTHENTICATED;
            case "02", "21", "42" -> AdbcStatusCode.INVALID_ARGUMENT;
            default -> AdbcStatusCode.UNKNOWN;
        };
    }

    /** @return null where the SQLSTATE says it as well */
    private static AdbcStatusCode ofNumber(int number) {
        return switch (number) {
            case 208, 911, 3701, 4902 -> AdbcStatusCode.NOT_FOUND;
            case 2714 -> AdbcStatusCode.ALREADY_EXISTS;
            case 229, 230, 262, 916 -> AdbcStatusCode.UNAUTHORIZED;
            case 18456 -> AdbcStatusCode.UNAUTHENTICATED;
            case 515, 547, 2601, 2627 -> AdbcStatusCode.INTEGRITY;
            default -> null;
        };
    }
}
