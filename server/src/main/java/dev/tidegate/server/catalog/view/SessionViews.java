package dev.tidegate.server.catalog.view;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.CatalogSession;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemView.RowSink;
import java.time.LocalDateTime;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.util.JSR310Utils;
import org.h2.value.Value;

/** Who is connected to the current database, and what runs. */
public final class SessionViews {
    private SessionViews() {}

    /** Takes one session that {@link CatalogSession#identify} told of. */
    @FunctionalInterface
    public interface SessionRow {
        void add(CatalogSession facts, SessionLocal session, LocalDateTime since);
    }

    public static List<SystemView> all() {
        return List.of(
                SystemView.sys(
                        "dm_exec_sessions",
                        "session_id smallint, login_time datetime, host_name nvarchar(128) null, program_name"
                            + " nvarchar(128) null, host_process_id int null, client_version int null,"
                            + " client_interface_name nvarchar(32) null, security_id varbinary(85), login_name"
                            + " nvarchar(128), nt_domain nvarchar(128) null, nt_user_name nvarchar(128) null, status"
                            + " nvarchar(30), cpu_time int, memory_usage int, total_scheduled_time int,"
                            + " total_elapsed_time int, last_request_start_time datetime, last_request_end_time"
                            + " datetime null, reads bigint, writes bigint, logical_reads bigint, is_user_process bit,"
                            + " text_size int, language nvarchar(128) null, date_format nvarchar(3) null, date_first"
                            + " smallint, quoted_identifier bit, arithabort bit, ansi_null_dflt_on bit, ansi_defaults"
                            + " bit, ansi_warnings bit, ansi_padding bit, ansi_nulls bit, concat_null_yields_null bit,"
                            + " transaction_isolation_level smallint, lock_timeout int, deadlock_priority int,"
                            + " row_count bigint, prev_error int, original_login_name nvarchar(128), database_id"
                            + " smallint, open_transaction_count int",
                        SessionViews::sessions),
                SystemView.sys(
                        "dm_exec_connections",
                        "session_id int null, connect_time datetime, net_transport nvarchar(40), protocol_type"
                            + " nvarchar(40) null, protocol_version int null, endpoint_id int null, encrypt_option"
                            + " nvarchar(40), auth_scheme nvarchar(40), node_affinity smallint, num_reads int null,"
                            + " num_writes int null, net_packet_size int null, client_net_address varchar(48) null,"
                            + " client_tcp_port int null, local_net_address varchar(48) null, local_tcp_port int null,"
                            + " connection_id uniqueidentifier",
                        (catalog, out) -> each(
                                catalog,
                                (facts, session, since) -> out.add(
                                        facts.id(),
                                        since,
                                        "TCP",
                                        "TSQL",
                                        1946157060,
                                        4,
                                        "FALSE",
                                        "SQL",
                                        0,
                                        0,
                                        0,
                                        4096,
                                        "127.0.0.1",
                                        null,
                                        "127.0.0.1",
                                        null,
                                        "00000000-0000-0000-0000-" + "%012x".formatted(facts.id())))),
                SystemView.sys(
                        "dm_exec_requests",
                        "session_id smallint, request_id int, start_time datetime, status nvarchar(30), command"
                                + " nvarchar(32), sql_handle varbinary(64) null, database_id smallint, user_id int,"
                                + " blocking_session_id smallint null, wait_type nvarchar(60) null, wait_time int,"
                                + " last_wait_type nvarchar(60), open_transaction_count int, cpu_time int,"
                                + " total_elapsed_time int, reads bigint, writes bigint, transaction_isolation_level"
                                + " smallint, row_count bigint",
                        (catalog, out) -> out.add(
                                catalog.facts().id(),
                                0,
                                time(catalog.session().currentTimestamp()),
                                "running",
                                "SELECT",
                                null,
                                catalog.facts().databaseId(),
                                1,
                                0,
                                null,
                                0,
                                "MISCELLANEOUS",
                                0,
                                0,
                                0,
                                0L,
                                0L,
                                isolation(catalog.session()),
                                0L)),
                SystemView.sys(
                        "sysprocesses",
                        "spid smallint, kpid smallint, blocked smallint, waittype binary(2), waittime bigint,"
                            + " lastwaittype nchar(32), waitresource nchar(256), dbid smallint, uid smallint null, cpu"
                            + " int, physical_io bigint, memusage int, login_time datetime, last_batch datetime,"
                            + " open_tran smallint, status nchar(30), hostname nchar(128), program_name nchar(128),"
                            + " cmd nchar(16), loginame nchar(128)",
                        (catalog, out) -> each(
                                catalog,
                                (facts, session, since) -> out.add(
                                        facts.id(),
                                        0,
                                        0,
                                        new byte[2],
                                        0L,
                                        "MISCELLANEOUS",
                                        "",
                                        facts.databaseId(),
                                        1,
                                        0,
                                        0L,
                                        0,
                                        since,
                                        since,
                                        session.hasPendingTransaction() ? 1 : 0,
                                        status(catalog, session),
                                        facts.hostName(),
                                        facts.applicationName(),
                                        command(catalog, session),
                                        facts.user()))));
    }

    private static void sessions(Catalog catalog, RowSink out) {
        each(
                catalog,
                (facts, session, since) -> out.add(
                        facts.id(),
                        since,
                        facts.hostName(),
                        facts.applicationName(),
                        null,
                        7,
                        facts.applicationName(),
                        new byte[] {1},
                        facts.user(),
                        "",
                        "",
                        status(catalog, session),
                        0,
                        0,
                        0,
                        0,
                        since,
                        since,
                        0L,
                        0L,
                        0L,
                        true,
                        Integer.MAX_VALUE,
                        "us_english",
                        "mdy",
                        7,
                        true,
                        true,
                        true,
                        false,
                        true,
                        true,
                        true,
                        true,
                        isolation(session),
                        -1,
                        0,
                        0L,
                        0,
                        facts.user(),
                        facts.databaseId(),
                        session.hasPendingTransaction() ? 1 : 0));
    }

    /** The sessions of the current database, by their ids. */
    public static void each(Catalog catalog, SessionRow row) {
        for (SessionLocal session : catalog.session().getDatabase().getSessions(false)) {
            if (CatalogSession.isIdentified(session) || session == catalog.session()) {
                row.add(CatalogSession.of(session), session, time(session.getSessionStart()));
            }
        }
    }

    /** As SQL Server numbers the levels. What is set within a transaction shows after it. */
    private static int isolation(SessionLocal session) {
        return switch (session.getIsolationLevel()) {
            case READ_UNCOMMITTED -> 1;
            case READ_COMMITTED -> 2;
            case REPEATABLE_READ -> 3;
            case SERIALIZABLE -> 4;
            case SNAPSHOT -> 5;
        };
    }

    public static String status(Catalog catalog, SessionLocal session) {
        return session == catalog.session() ? "running" : "sleeping";
    }

    public static String command(Catalog catalog, SessionLocal session) {
        return session == catalog.session() ? "SELECT" : "AWAITING COMMAND";
    }

    private static LocalDateTime time(Value timestamp) {
        return JSR310Utils.valueToOffsetDateTime(timestamp, null).toLocalDateTime();
    }
}
