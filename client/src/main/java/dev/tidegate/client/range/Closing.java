package dev.tidegate.client.range;

import dev.tidegate.client.TdsConnection;
import java.util.ArrayList;
import java.util.List;

/** Closes several connections in the time of one: each may wait for a server that does not answer. */
final class Closing {
    private Closing() {}

    static void all(List<TdsConnection> connections) {
        List<Thread> others = new ArrayList<>();
        for (TdsConnection connection : connections.subList(Math.min(1, connections.size()), connections.size())) {
            Thread thread = new Thread(connection::close, "tidegate close");
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        try {
            if (!connections.isEmpty()) {
                connections.get(0).close();
            }
        } finally {
            others.forEach(Closing::join);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
