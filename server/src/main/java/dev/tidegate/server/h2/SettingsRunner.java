package dev.tidegate.server.h2;

import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.translate.TableInfo;
import dev.tidegate.tds.token.EnvChange;
import java.sql.SQLException;
import java.util.Locale;

/** Runs SET of options. Those that have no meaning here are accepted. */
final class SettingsRunner {
    private final SessionCore core;
    private final ResponseSink sink;

    SettingsRunner(SessionCore core, ResponseSink sink) {
        this.core = core;
        this.sink = sink;
    }

    void set(Statement.SetOption option) throws SqlServerException, SQLException {
        for (String name : option.names()) {
            set(name, option.value());
        }
    }

    private void set(String written, String value) throws SqlServerException, SQLException {
        SessionSettings settings = core.settings;
        String name = written.toUpperCase(Locale.ROOT);
        switch (name) {
            case "NOCOUNT" -> settings.noCount = on(value);
            case "XACT_ABORT" -> settings.abortOnError = on(value);
            case "IMPLICIT_TRANSACTIONS" -> settings.implicitTransactions = on(value);
            case "QUOTED_IDENTIFIER" -> settings.quotedIdentifiers = on(value);
            case "FMTONLY" -> settings.formatOnly = on(value);
            case "ANSI_DEFAULTS" -> settings.quotedIdentifiers = on(value);
            case "LOCK_TIMEOUT" -> settings.lockTimeout = number(value);
            case "ROWCOUNT" -> settings.rowLimit = Math.max(0, number(value));
            case "TEXTSIZE" -> settings.textSize = (int) Math.min(Integer.MAX_VALUE, number(value));
            case "DATEFORMAT" -> checkDateFormat(value);
            case "DATEFIRST" -> {
                if (number(value) != 7) {
                    throw KnownError.UNSUPPORTED.exception("SET DATEFIRST " + value + " is not supported by this server: 7 only.");
                }
            }
            case "LANGUAGE" -> language(value);
            case "TRANSACTION ISOLATION LEVEL" -> isolation(value);
            case "SHOWPLAN_ALL", "SHOWPLAN_TEXT", "SHOWPLAN_XML", "NOEXEC", "PARSEONLY" -> {
                if (on(value)) {
                    throw KnownError.UNSUPPORTED.exception("SET " + name + " is not supported by this server.");
                }
            }
            case "ANSI_NULLS", "CONCAT_NULL_YIELDS_NULL" -> {
                if (!on(value)) {
                    throw KnownError.UNSUPPORTED.exception("SET " + name + " OFF is not supported by this server.");
                }
            }
            case "ANSI_NULL_DFLT_ON",
                    "ANSI_NULL_DFLT_OFF",
                    "ANSI_PADDING",
                    "ANSI_WARNINGS",
                    "ARITHABORT",
                    "ARITHIGNORE",
                    "NUMERIC_ROUNDABORT",
                    "CURSOR_CLOSE_ON_COMMIT",
                    "REMOTE_PROC_TRANSACTIONS",
                    "FORCEPLAN",
                    "NO_BROWSETABLE",
                    "DEADLOCK_PRIORITY",
                    "CONTEXT_INFO",
                    "QUERY_GOVERNOR_COST_LIMIT",
                    "STATISTICS IO",
                    "STATISTICS TIME",
                    "STATISTICS XML",
                    "STATISTICS PROFILE" -> {
                // accepted: nothing here depends on them
            }
            default -> throw KnownError.UNKNOWN_BUILT_IN.exception(written, "SET option");
        }
    }

    private static boolean on(String value) throws SqlServerException {
        if (value.equalsIgnoreCase("ON")) {
            return true;
        }
        if (value.equalsIgnoreCase("OFF")) {
            return false;
        }
        throw KnownError.INCORRECT_SYNTAX.exception(value);
    }

    private static long number(String value) throws SqlServerException {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw KnownError.INCORRECT_SYNTAX.with(value).asServerException(e);
        }
    }

    /** Told to the client and shown by {@code @@LANGUAGE}; dates are read and messages written as in us_english. */
    private void language(String value) {
        sink.environment(new EnvChange.Text(EnvChange.LANGUAGE, value, core.settings.language));
        core.settings.language = value;
        core.info(5703, "Changed language setting to " + value + ".", sink);
    }

    /** Both read dates with separators alike here: a year of four digits stands where it stands. */
    private static void checkDateFormat(String value) throws SqlServerException {
        if (!value.equalsIgnoreCase("mdy") && !value.equalsIgnoreCase("ymd")) {
            throw KnownError.UNSUPPORTED.exception("SET DATEFORMAT " + value + " is not supported by this server: mdy and ymd only.");
        }
    }

    private void isolation(String value) throws SqlServerException, SQLException {
        IsolationLevel level = switch (value) {
            case "READ UNCOMMITTED" -> IsolationLevel.READ_UNCOMMITTED;
            case "READ COMMITTED" -> IsolationLevel.READ_COMMITTED;
            case "REPEATABLE READ" -> IsolationLevel.REPEATABLE_READ;
            case "SERIALIZABLE" -> IsolationLevel.SERIALIZABLE;
            case "SNAPSHOT" -> IsolationLevel.SNAPSHOT;
            default -> throw KnownError.INCORRECT_SYNTAX.exception(value);
        };
        core.settings.isolation = level;
        core.transactions.isolate(level);
    }

    void identityInsert(Statement.SetIdentityInsert set) throws SqlServerException {
        TableInfo table = core.tables
                .find(set.table())
                .orElseThrow(() -> KnownError.OBJECT_MISSING.exception(set.table()));
        if (table.identity().isEmpty()) {
            throw KnownError.NO_IDENTITY.exception(set.table());
        }
        String current = core.settings.identityInsert;
        if (!set.on()) {
            core.settings.identityInsert = table.display().equalsIgnoreCase(current) ? null : current;
        } else if (current != null && !current.equalsIgnoreCase(table.display())) {
            throw KnownError.IDENTITY_INSERT_ELSEWHERE.exception(core.database.name() + "." + current, set.table());
        } else {
            core.settings.identityInsert = table.display();
        }
    }
}
