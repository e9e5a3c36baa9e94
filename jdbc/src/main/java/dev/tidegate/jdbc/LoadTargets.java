package dev.tidegate.jdbc;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.jdbc.sql.PlainInsert;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a session knows of the tables that batches were inserted into. Of each batch the server is asked one row: the state of the session, and
 * what tells that a table has changed. The rest is asked when that has changed. Under the session's lock.
 */
final class LoadTargets {
    private static final int MOST_TABLES = 50;

    private static final int XACT_ABORT = 16_384;

    /** Values of {@code SERVERPROPERTY('EngineEdition')}: dedicated and serverless pools of Synapse, warehouses of Fabric. */
    private static final List<Integer> WAREHOUSES = List.of(6, 11);

    /** What of the state tells whether the table is still the same. */
    private static final List<String> PRINT =
            List.of("object_id", "modify_date", "columns", "defaults", "checks", "self_references", "ignoring_indexes");

    private final Map<Key, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > MOST_TABLES;
        }
    };

    /** A server that has refused a load because it takes none. */
    private boolean refused;

    private record Key(String database, PlainInsert insert) {}

    /** @param print of the table that it was made from */
    private record Known(List<String> print, LoadTarget target) {}

    void serverTakesNone() {
        refused = true;
    }

    /**
     * What stands in the way of loading rows of this statement, if anything does.
     *
     * @return {@link BatchWay#LOADED} if nothing does
     */
    LoadTarget of(Session session, PlainInsert insert, Deadline deadline) throws SQLException {
        TdsConnection client = session.client();
        BatchWay obstacle = obstacle(client, insert);
        if (obstacle != null) {
            return LoadTarget.not(obstacle);
        }
        CatalogNames names = CatalogNames.of(insert.table());
        List<Lookup> answers = ask(session, names.stateQuery(), names.objectName(), deadline);
        if (answers.isEmpty() || answers.get(0).rows().isEmpty()) {
            return LoadTarget.not(BatchWay.TABLE);
        }
        CatalogRow state = new CatalogRow(answers.get(0), answers.get(0).rows().get(0));
        boolean policies = answers.size() > 1
                && new CatalogRow(answers.get(1), answers.get(1).rows().get(0)).number("policies") != 0;
        obstacle = obstacle(state, policies, client.inTransaction());
        if (obstacle != null) {
            return LoadTarget.not(obstacle);
        }
        Key key = new Key(client.database(), insert);
        List<String> print = PRINT.stream().map(state::text).collect(Collectors.toList());
        Known before = known.get(key);
        if (before != null && before.print.equals(print)) {
            return before.target;
        }
        LoadTarget target =
                LoadTarget.of(insert, state, ask(session, names.tableQuery(), names.objectName(), deadline));
        known.put(key, new Known(print, target));
        return target;
    }

    private BatchWay obstacle(TdsConnection client, PlainInsert insert) {
        List<String> parts = insert.table().parts();
        if (parts.size() == 3 && !parts.get(0).equals(client.database())) {
            return BatchWay.OTHER_STATEMENT;
        }
        return refused || Warehouses.isOne(client.settings().host()) ? BatchWay.SERVER : null;
    }

    private static BatchWay obstacle(CatalogRow state, boolean policies, boolean inTransaction) {
        boolean aborts = (state.number("options") & XACT_ABORT) != 0;
        if (WAREHOUSES.contains((int) state.number("edition"))) {
            return BatchWay.SERVER;
        }
        if (inTransaction && aborts || state.number("transaction_state") != (inTransaction ? 1 : 0)) {
            return BatchWay.TRANSACTION;
        }
        if (state.number("visible") != 1) {
            return BatchWay.PERMISSION;
        }
        if (state.number("triggers") != 0) {
            return BatchWay.TRIGGER;
        }
        return policies ? BatchWay.SECURITY_POLICY : null;
    }

    private static List<Lookup> ask(Session session, String query, String table, Deadline deadline)
            throws SQLException {
        Collation collation = Objects.requireNonNullElse(session.client().collation(), Collation.DEFAULT);
        ProcedureCall call = ProcedureCall.byId(
                ProcedureCall.SP_EXECUTESQL,
                List.of(
                        Parameter.in(TypeInfo.nvarchar(TypeInfo.PLP, collation), query),
                        Parameter.in(TypeInfo.nvarchar(4000, collation), "@table nvarchar(4000)"),
                        Parameter.in("@table", TypeInfo.nvarchar(4000, collation), table)));
        return Lookup.all(session.client().call(call, RequestOptions.until(deadline)), session);
    }
}
