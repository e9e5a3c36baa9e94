package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.UniqueNames;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.TableFacts;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.scan.ScanTypes;
import dev.tidegate.duckdb.sql.QualifiedName;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The attached tables of a statement as their push-down sees them. */
final class RemoteTables {
    private final EngineSession session;
    private final TargetNames names;

    RemoteTables(EngineSession session, TargetNames names) {
        this.session = session;
        this.names = names;
    }

    /** By the parts of its name; a table that cannot be looked up counts as none, as DuckDB then says what is wrong. */
    Function<List<String>, Optional<RemoteTable>> resolver() {
        return path -> {
            try {
                Optional<Target> target =
                        names.table(new QualifiedName(session.seen().given(path)));
                return target.isEmpty() ? Optional.empty() : Optional.of(of(target.get()));
            } catch (SQLException e) {
                return Optional.empty();
            }
        };
    }

    /** @throws SQLException 42P01 if there is no such table, or the server's error if it does not describe it */
    RemoteTable of(Target target) throws SQLException {
        RemoteName name = target.name();
        if (!session.remote().tables(target.database(), session.run()).contains(name)) {
            throw new SQLException("there is no table " + target.database().alias() + "." + name, "42P01");
        }
        TableFacts facts = target.database().facts(name);
        UniqueNames unique = new UniqueNames();
        List<RemoteColumn> remote = new ArrayList<>();
        for (Column column : session.columns(target)) {
            String duckdbName = unique.next(column.name());
            RemoteColumn plain = new RemoteColumn(
                    column.name(), duckdbName, duckdbName, column.type(), ScanTypes.of(column.type()), true);
            remote.add(facts.isMasked(column.name()) ? plain.asMasked() : plain);
        }
        return new RemoteTable(target.database().alias(), name.sql(), remote);
    }
}
