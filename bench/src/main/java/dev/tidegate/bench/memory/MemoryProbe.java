package dev.tidegate.bench.memory;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.frame.ChildRun;
import dev.tidegate.bench.frame.Costs;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Probe;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.bench.replay.DataServer;
import dev.tidegate.server.Tls;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One way to move rows, once, in a JVM of its own with a small heap. The server, which makes the rows and compares those that are loaded, is in
 * this one.
 *
 * @param heap as the JVM's option has it
 */
record MemoryProbe(Way way, int rows, String heap) implements Probe {
    /** @throws IOException if the heap did not do, or anything else failed */
    @Override
    public List<Figure> run() throws Exception {
        AtomicLong loaded = new AtomicLong();
        try (DataServer server = DataServer.start(rows, Tls.none(), loaded::addAndGet);
                DataServer data = DataServer.start(DataSet.REPEAT)) {
            List<String> options = Clients.JVM_OPTIONS.stream()
                    .map(option -> option.startsWith("-Xmx") ? "-Xmx" + heap : option)
                    .toList();
            List<String> lines = ChildRun.lines(
                    options,
                    MemoryRun.class,
                    way.name(),
                    Integer.toString(server.port()),
                    Integer.toString(data.port()),
                    Integer.toString(rows));
            if (way.name().startsWith("LOAD") && loaded.get() != rows) {
                throw new IOException("the server has stored " + loaded + " rows instead of " + rows);
            }
            return Costs.parse(lines.getLast()).figures();
        }
    }
}
