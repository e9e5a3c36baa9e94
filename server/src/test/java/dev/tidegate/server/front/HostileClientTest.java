package dev.tidegate.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.Limits;
import dev.tidegate.server.Tls;
import dev.tidegate.tds.packet.PacketType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is sent to the port, the server goes on serving others. */
class HostileClientTest extends FrontTest {
    private void send(byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(bytes);
                out.flush();
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (SocketException e) {
                // Cut off in the middle of its own bytes: as it should be.
            }
        }
    }

    private void stillServes() throws IOException {
        try (RawClient client = RawClient.loggedIn(server.port())) {
            assertThat(client.batch("rows 2").rows()).hasSize(2);
        }
    }

    @Test
    void survivesBytesThatAreNotTds() throws IOException {
        start(Limits.DEFAULT, Tls.selfSigned());
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            send(bytes);
        }
        send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(new byte[] {0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5});
        stillServes();
    }

    @Test
    void survivesMessagesThatBeginWellAndGoWrong() throws IOException {
        start(Limits.DEFAULT, Tls.selfSigned());
        Random random = new Random(2);
        for (PacketType type : PacketType.values()) {
            for (int round = 0; round < 20; round++) {
                byte[] bytes = new byte[8 + random.nextInt(200)];
                random.nextBytes(bytes);
                bytes[0] = (byte) type.code();
                bytes[1] = 1;
                bytes[2] = (byte) (bytes.length >>> 8);
                bytes[3] = (byte) bytes.length;
                send(bytes);
            }
        }
        stillServes();
    }

    @Test
    void survivesRequestsThatGoWrongAfterTheLogin() throws IOException {
        start();
        Random random = new Random(3);
        for (PacketType type : PacketType.values()) {
            for (int round = 0; round < 10; round++) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                try (RawClient client = RawClient.loggedIn(server.port())) {
                    client.send(type, 0, out -> out.writeBytes(bytes));
                    client.socket.shutdownOutput();
                    assertThat(client.socket.getInputStream().readAllBytes()).isNotNull();
                } catch (SocketException e) {
                    // Cut off: as it should be.
                }
            }
        }
        stillServes();
    }
}
