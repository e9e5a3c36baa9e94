package dev.tidegate.testkit.invariant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** TCP and UDP sockets of this process, where the system tells (Linux); elsewhere none are ever seen. */
final class OpenSockets implements Held {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final List<String> TABLES = List.of("tcp", "tcp6", "udp", "udp6");
    private static final List<String> STATES = List.of(
            "",
            "ESTABLISHED",
            "SYN_SENT",
            "SYN_RECV",
            "FIN_WAIT1",
            "FIN_WAIT2",
            "TIME_WAIT",
            "CLOSE",
            "CLOSE_WAIT",
            "LAST_ACK",
            "LISTEN",
            "CLOSING");

    @Override
    public String kind() {
        return "socket";
    }

    @Override
    public Map<Object, String> now() {
        Map<Object, String> sockets = new HashMap<>();
        if (Files.isDirectory(DESCRIPTORS)) {
            Map<String, String> addresses = addresses();
            for (String link : links()) {
                String address = addresses.get(link);
                if (address != null) {
                    sockets.put(link, address);
                }
            }
        }
        return sockets;
    }

    /** What the descriptors stand for, such as {@code socket:[4711]}. */
    private static List<String> links() {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors
                    .map(OpenSockets::link)
                    .filter(link -> link.startsWith("socket:"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String link(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // It was closed since it was listed.
            return "";
        }
    }

    private static Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        for (String table : TABLES) {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/net", table))) {
                lines.skip(1)
                        .map(line -> line.trim().split("\\s+"))
                        .forEach(row -> addresses.put(
                                "socket:[" + row[9] + "]",
                                table + " port " + port(row[1]) + " to port " + port(row[2]) + " " + state(row[3])));
            } catch (IOException e) {
                // This kernel has no such table.
            }
        }
        return addresses;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }

    private static String state(String hex) {
        int state = Integer.parseInt(hex, 16);
        return state < STATES.size() ? STATES.get(state) : hex;
    }
}
