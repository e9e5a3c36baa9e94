package dev.tidegate.bench.load;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.frame.ChildRun;
import dev.tidegate.bench.frame.Costs;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Probe;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.bench.replay.DataServer;
import dev.tidegate.bench.replay.ReplayPeer;
import dev.tidegate.server.Tls;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One contender that loads one data set again and again, in a JVM of its own; what it loads into is in this one. */
record LoadProbe(LoadContender contender, DataSet set, Pace pace) implements Probe {
    @Override
    public List<Figure> run() throws Exception {
        AtomicLong loaded = new AtomicLong();
        try (DataServer server = DataServer.start(pace.rows(), Tls.none(), loaded::addAndGet);
                ReplayPeer peer = ReplayPeer.before(server.port())) {
            List<String> lines = ChildRun.lines(
                    Clients.JVM_OPTIONS,
                    LoadRun.class,
                    contender.name(),
                    Integer.toString(peer.port()),
                    Integer.toString(server.port()),
                    set.name(),
                    Integer.toString(pace.rows()),
                    Long.toString(pace.warmUp().toMillis()),
                    Long.toString(pace.measured().toMillis()));
            // The first load reaches the server, which compares every value; the others are the same bytes.
            if (loaded.get() != pace.rows()) {
                throw new IOException("the server has stored " + loaded + " rows instead of " + pace.rows());
            }
            return Costs.parse(lines.getLast()).figures((double) peer.bulkBytes() / pace.rows());
        }
    }
}
