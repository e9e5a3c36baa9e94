package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Every phase that can be reached, by every event, against a table that was written down by itself and not taken from the code. */
class ConnectionStateModelTest {
    /**
     * A cell is the phase afterwards and what the event returns: + and - for true and false, n, w, a and r for a cancel that does nothing,
     * leaves it to the writer, sends an attention, or
     * gives a reconnect up, 1 for a new request, p and x for a closer that is let through or not; ! for a move
     * that is refused.
     */
    private static final String TABLE = """
            phase connected again loggedIn begin sent answered finish sendMore confirmed withdrawn aborted cancel closing closed broken park unpark reconnecting reconnected notReconn txLost lossAcc
            Co    Li+       Co+   !        Co-   !    !        !      !        !         !         !       Co.n   Cg.p    !      Br     Co-  !      !            !           !         Tl     Co-
            Li    !         Co+   Id+      Li-   !    !        !      !        !         !         !       Li.n   Cg.p    !      Br     Li-  !      !            !           !         Tl     Li-
            Id    !         !     !        Se1   !    !        !      !        !         !         !       Id.n   Cg.p    !      Br     Pa1  !      !            !           !         Tl     Id-
            Pa    !         !     !        Pa-   !    !        !      !        !         !         !       Pa.n   Cg.p    !      Br     Pa-  Id+    !            !           !         Tl     Pa-
            Rc    !         !     !        Rc-   !    !        !      !        !         !         !       Rc.r   Cg.p    !      Br     Rc-  !      !            Se+         Id+       Tl     Rc-
            Se    !         !     !        Se-   Ex-  !        !      !        !         Id+       Ex+     Sc.w   Cg.p    !      Br     Se-  !      Rc+          !           !         Tl     Se-
            Sc    !         !     !        Sc-   Ca+  !        !      !        !         Id+       Ex+     Sc.n   Cg.p    !      Br     Sc-  !      Sc-          !           !         Tl     Sc-
            Ex    !         !     !        Ex-   !    St       Id+    Se+      !         !         !       Ca.a   Cg.p    !      Br     Ex-  !      !            !           !         Tl     Ex-
            St    !         !     !        St-   !    St       Id+    Se+      !         !         !       Ca.a   Cg.p    !      Br     St-  !      !            !           !         Tl     St-
            Ca    !         !     !        Ca-   !    Ca       Ca-    Ca-      Id+       !         !       Ca.n   Cg.p    !      Br     Ca-  !      !            !           !         Tl     Ca-
            Cg    Cg-       Cg-   Cg-      Cg-   Cg-  Cg       Cg-    Cg-      Cg-       Cg-       Cg-     Cg.n   Cg.x    Cd     Cg     Cg-  Cg-    Cg-          Cg-         Cg-       Cg     Cg-
            Cd    Cd-       Cd-   Cd-      Cd-   Cd-  Cd       Cd-    Cd-      Cd-       Cd-       Cd-     Cd.n   Cd.x    !      Cd     Cd-  Cd-    Cd-          Cd-         Cd-       Cd     Cd-
            Br    Br-       Br-   Br-      Br-   Br-  Br       Br-    Br-      Br-       Br-       Br-     Br.n   Cg.p    !      Br     Br-  Br-    Br-          Br-         Br-       Br     Br-
            Tl    Tl-       Tl-   Tl-      Tl-   Tl-  Tl       Tl-    Tl-      Tl-       Tl-       Tl-     Tl.n   Cg.p    !      Br     Tl-  Tl-    Tl-          Tl-         Tl-       Tl     Id+
            """;

    private static final Map<String, Phase> PHASES = Map.ofEntries(
            Map.entry("Co", Phase.CONNECTING),
            Map.entry("Li", Phase.LOGGING_IN),
            Map.entry("Id", Phase.IDLE),
            Map.entry("Pa", Phase.PARKED),
            Map.entry("Se", Phase.SENDING),
            Map.entry("Sc", Phase.SENDING_CANCELLED),
            Map.entry("Ex", Phase.EXECUTING),
            Map.entry("St", Phase.STREAMING),
            Map.entry("Ca", Phase.CANCELLING),
            Map.entry("Cg", Phase.CLOSING),
            Map.entry("Cd", Phase.CLOSED),
            Map.entry("Br", Phase.BROKEN),
            Map.entry("Rc", Phase.RECONNECTING),
            Map.entry("Tl", Phase.TRANSACTION_LOST));

    /** What an event does to a state; the number is that of the request which it is meant for. Returns the table's sign. */
    private interface Event {
        String on(ConnectionState state, long request);
    }

    private static final Map<String, Event> EVENTS = new LinkedHashMap<>();

    static {
        EVENTS.put("connected", (s, n) -> sign(s.connected()));
        EVENTS.put("again", (s, n) -> sign(s.connectingAgain()));
        EVENTS.put("loggedIn", (s, n) -> sign(s.loggedIn()));
        EVENTS.put("begin", (s, n) -> {
            assertThat(s.begin(() -> false)).isEqualTo(-1);
            return numbered(s.begin(() -> true), n);
        });
        EVENTS.put("sent", (s, n) -> sign(s.sent(n)));
        EVENTS.put("answered", (s, n) -> {
            s.answered(n);
            return "";
        });
        EVENTS.put("finish", (s, n) -> sign(s.finish(n)));
        EVENTS.put("sendMore", (s, n) -> sign(s.sendMore(n)));
        EVENTS.put("confirmed", (s, n) -> sign(s.confirmed(n)));
        EVENTS.put("withdrawn", (s, n) -> sign(s.withdrawn(n)));
        EVENTS.put("aborted", (s, n) -> sign(s.aborted(n)));
        EVENTS.put("cancel", (s, n) -> switch (s.cancel(n)) {
            case NOTHING -> ".n";
            case LEFT_TO_WRITER -> ".w";
            case SEND_ATTENTION -> ".a";
            case ABORT_RECONNECT -> ".r";
        });
        EVENTS.put("closing", (s, n) -> {
            Phase before = s.phase();
            Phase told = s.closing();
            assertThat(told).isIn(before, null);
            return told == null ? ".x" : ".p";
        });
        EVENTS.put("closed", (s, n) -> {
            s.closed();
            return "";
        });
        EVENTS.put("broken", (s, n) -> {
            s.broken();
            return "";
        });
        EVENTS.put("park", (s, n) -> {
            long requests = s.requests();
            assertThat(s.park(requests + 1)).isFalse();
            assertThat(s.park(requests - 1)).isFalse();
            return numbered(s.park(requests) ? s.requests() : -1, n);
        });
        EVENTS.put("unpark", (s, n) -> sign(s.unpark()));
        EVENTS.put("reconnecting", (s, n) -> sign(s.reconnecting(n)));
        EVENTS.put("reconnected", (s, n) -> sign(s.reconnected(n)));
        EVENTS.put("notReconn", (s, n) -> sign(s.notReconnected(n)));
        EVENTS.put("txLost", (s, n) -> {
            s.transactionLost();
            return "";
        });
        EVENTS.put("lossAcc", (s, n) -> sign(s.lossAccepted()));
    }

    private static final List<String> OF_A_REQUEST = List.of(
            "sent",
            "answered",
            "finish",
            "sendMore",
            "confirmed",
            "withdrawn",
            "aborted",
            "reconnecting",
            "reconnected",
            "notReconn");

    @Test
    void everyReachablePhaseTakesEveryEventAsTheTableSays() {
        Map<Phase, Map<String, String>> table = table();
        Map<Phase, List<String>> paths = reachable();
        assertThat(paths.keySet()).isEqualTo(EnumSet.allOf(Phase.class)).isEqualTo(table.keySet());
        int checked = 0;
        for (Map.Entry<Phase, List<String>> path : paths.entrySet()) {
            for (String event : EVENTS.keySet()) {
                assertThat(outcome(path.getValue(), event))
                        .as("%s in phase %s", event, path.getKey())
                        .isEqualTo(table.get(path.getKey()).get(event));
                checked++;
            }
        }
        assertThat(checked).isEqualTo(14 * 22);
    }

    @Test
    void anEventForAnotherRequestIsRefusedAndACancelForItDoesNothing() {
        for (Map.Entry<Phase, List<String>> path : reachable().entrySet()) {
            for (long off : new long[] {-1, 1}) {
                Run run = run(path.getValue());
                long other = run.number + off;
                for (String event : OF_A_REQUEST) {
                    if (path.getKey().isOpen()) {
                        assertThatThrownBy(() -> EVENTS.get(event).on(run.state, other))
                                .as("%s for another request in phase %s", event, path.getKey())
                                .isInstanceOf(IllegalStateException.class);
                    } else {
                        assertThat(EVENTS.get(event).on(run.state, other)).isIn("-", "");
                    }
                    assertThat(run.state.phase()).isEqualTo(path.getKey());
                }
                assertThat(run.state.cancel(other)).isEqualTo(ConnectionState.Cancellation.NOTHING);
                assertThat(run.state.phase()).isEqualTo(path.getKey());
            }
        }
    }

    @Test
    void aRefusalNamesBothPhasesAndBothRequests() {
        ConnectionState state = ConnectionState.connecting();
        state.connected();
        state.loggedIn();
        assertThatThrownBy(() -> state.confirmed(7))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("illegal move of a connection from IDLE of request 0 to IDLE of request 7");
        assertThatThrownBy(state::connected)
                .hasMessage("illegal move of a connection from IDLE of request 0 to LOGGING_IN of request 0");
        assertThatThrownBy(state::closed)
                .hasMessage("illegal move of a connection from IDLE of request 0 to CLOSED of request 0");
    }

    private static String outcome(List<String> path, String event) {
        Run run = run(path);
        Phase before = run.state.phase();
        String returned;
        try {
            returned = EVENTS.get(event).on(run.state, run.number);
        } catch (IllegalStateException e) {
            assertThat(run.state.phase()).isEqualTo(before);
            return "!";
        }
        return code(run.state.phase()) + returned;
    }

    /** A shortest way to each phase that can be reached at all. */
    private static Map<Phase, List<String>> reachable() {
        Map<Phase, List<String>> paths = new EnumMap<>(Phase.class);
        Queue<List<String>> open = new ArrayDeque<>();
        open.add(List.of());
        while (!open.isEmpty()) {
            List<String> path = open.remove();
            if (paths.putIfAbsent(run(path).state.phase(), path) == null) {
                for (String event : EVENTS.keySet()) {
                    if (!outcome(path, event).equals("!")) {
                        List<String> longer = new ArrayList<>(path);
                        longer.add(event);
                        open.add(longer);
                    }
                }
            }
        }
        return paths;
    }

    private static Run run(List<String> path) {
        Run run = new Run();
        for (String event : path) {
            if (EVENTS.get(event).on(run.state, run.number).equals("1")) {
                run.number++;
            }
        }
        return run;
    }

    private static final class Run {
        private final ConnectionState state = ConnectionState.connecting();
        private long number;
    }

    private static Map<Phase, Map<String, String>> table() {
        List<String> lines = TABLE.lines().toList();
        List<String> events = Arrays.asList(lines.get(0).split(" +"));
        Map<Phase, Map<String, String>> table = new EnumMap<>(Phase.class);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(" +");
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 1; i < cells.length; i++) {
                row.put(events.get(i), cells[i]);
            }
            table.put(PHASES.get(cells[0]), row);
        }
        return table;
    }

    private static String code(Phase phase) {
        return PHASES.entrySet().stream()
                .filter(entry -> entry.getValue() == phase)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static String numbered(long begun, long before) {
        assertThat(begun).isIn(-1L, before + 1);
        return begun < 0 ? "-" : "1";
    }

    private static String sign(boolean result) {
        return result ? "+" : "-";
    }
}
