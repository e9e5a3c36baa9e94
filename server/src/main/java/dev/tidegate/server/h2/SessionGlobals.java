package dev.tidegate.server.h2;

import dev.tidegate.server.catalog.view.ServerName;
import dev.tidegate.server.tsql.translate.SessionView.TypedValue;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.Optional;

/** The system functions whose names begin with two at signs. */
final class SessionGlobals {
    /** The version that the server answers {@code @@VERSION} with. */
    static final String VERSION = "Microsoft SQL Server 2022 (RTM) - " + ServerName.PRODUCT_VERSION
            + " (X64) \n\tTidegate embedded server on H2";

    private SessionGlobals() {}

    static Optional<TypedValue> find(SessionCore core, String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "@@ROWCOUNT" -> integer((int) Math.min(Integer.MAX_VALUE, core.rowCount));
                    case "@@TRANCOUNT" -> integer(core.transactions.count());
                    case "@@ERROR" -> integer(core.error);
                    case "@@SPID" -> new TypedValue((short) core.options.sessionId(), SqlType.SMALLINT);
                    case "@@IDENTITY" -> new TypedValue(core.identity, SqlType.numeric(38, 0));
                    case "@@VERSION" -> text(VERSION, 300);
                    case "@@SERVERNAME", "@@SERVICENAME" ->
                        text(name.equals("@@SERVERNAME") ? ServerName.NAME : "MSSQLSERVER", 128);
                    case "@@LANGUAGE" -> text(core.settings.language, 128);
                    case "@@LANGID", "@@NESTLEVEL", "@@CURSOR_ROWS", "@@PROCID", "@@CONNECTIONS" -> integer(0);
                    case "@@FETCH_STATUS" -> integer(-1);
                    case "@@MAX_PRECISION" -> new TypedValue((short) 38, SqlType.TINYINT);
                    case "@@MAX_CONNECTIONS" -> integer(32767);
                    case "@@DATEFIRST" -> new TypedValue((short) 7, SqlType.TINYINT);
                    case "@@TEXTSIZE" -> integer(core.settings.textSize);
                    case "@@LOCK_TIMEOUT" -> integer((int) core.settings.lockTimeout);
                    case "@@OPTIONS" ->
                        integer(5432
                                | (core.settings.noCount ? 512 : 0)
                                | (core.settings.abortOnError ? 16_384 : 0)
                                | (core.settings.implicitTransactions ? 2 : 0));
                    case "@@DBTS" -> new TypedValue(new byte[8], SqlType.varbinary(8));
                    case "@@MICROSOFTVERSION" -> integer(0x100003E8);
                    case "@@REMSERVER" -> new TypedValue(null, SqlType.nvarchar(128));
                    default -> null;
                });
    }

    private static TypedValue integer(int value) {
        return new TypedValue(value, SqlType.INT);
    }

    private static TypedValue text(String value, int length) {
        return new TypedValue(value, SqlType.nvarchar(length));
    }
}
