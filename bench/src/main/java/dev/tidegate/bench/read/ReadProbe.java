package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.frame.ChildRun;
import dev.tidegate.bench.frame.Costs;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Probe;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.bench.replay.DataServer;
import dev.tidegate.bench.replay.ReplayPeer;
import java.util.List;

/** One contender that reads one data set again and again, in a JVM of its own; what it reads from is in this one. */
record ReadProbe(ReadContender contender, DataSet set, Pace pace) implements Probe {
    @Override
    public List<Figure> run() throws Exception {
        try (DataServer server = DataServer.start(pace.rows(), contender.tls(), loaded -> {});
                ReplayPeer peer = ReplayPeer.before(server.port())) {
            List<String> lines = ChildRun.lines(
                    Clients.JVM_OPTIONS,
                    ReadRun.class,
                    contender.name(),
                    Integer.toString(peer.port()),
                    set.name(),
                    Integer.toString(pace.rows()),
                    Long.toString(pace.warmUp().toMillis()),
                    Long.toString(pace.measured().toMillis()));
            return Costs.parse(lines.getLast()).figures((double) peer.largestAnswer() / pace.rows());
        }
    }
}
