package dev.tidegate.jdbc;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.message.ProgramVersion;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenWriter;
import dev.tidegate.tds.type.TypeInfo;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A server for one connection that makes up more data than fits any memory, and counts what it is sent. */
final class GeneratingPeer implements AutoCloseable {
    private final ServerSocket socket;
    private final long rows;
    private final long bytes;
    private final AtomicLong received = new AtomicLong();

    /**
     * @param rows in the answer to {@code rows}: two numbers each
     * @param bytes of the one value in the answer to {@code value}
     */
    GeneratingPeer(long rows, long bytes) throws IOException {
        this.socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        this.rows = rows;
        this.bytes = bytes;
        Thread thread = new Thread(this::serve, "generating-peer");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Bytes of the longest call. */
    long received() {
        return received.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        try (Socket client = socket.accept()) {
            TdsReader in = new TdsReader(new BufferedInputStream(client.getInputStream(), 64 * 1024));
            TdsWriter out = new TdsWriter(client.getOutputStream());
            logIn(in, out);
            for (PacketType type = in.beginMessage(); type != null; type = in.beginMessage()) {
                answer(type, in, out);
            }
        } catch (IOException e) {
            // The client fails then, and says so.
            received.set(-1);
        }
    }

    private static void logIn(TdsReader in, TdsWriter out) throws IOException {
        in.beginMessage();
        Prelogin.read(in);
        out.begin(PacketType.RESPONSE);
        Prelogin.builder()
                .version(new ProgramVersion(16, 0, 1000, 0))
                .encryption(Encryption.NOT_SUPPORTED)
                .build()
                .write(out);
        out.end();
        in.beginMessage();
        Login7.read(in);
        reply(
                out,
                new EnvChange.Text(EnvChange.PACKET_SIZE, "32767", "4096"),
                new LoginAck(1, 0x74000004, "Generating", 0x10000FA0),
                done(0, 0));
        out.setPacketSize(32_767);
    }

    private void answer(PacketType type, TdsReader in, TdsWriter out) throws IOException {
        if (type == PacketType.SQL_BATCH) {
            String sql = SqlBatch.read(in, TdsVersion.V7_4).sql();
            switch (sql) {
                case "rows" -> writeRows(out);
                case "value" -> writeValue(out);
                default -> reply(out, done(0, 0));
            }
        } else {
            in.skipToEnd();
            received.accumulateAndGet(in.position(), Math::max);
            reply(out, type == PacketType.ATTENTION ? new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0) : done(1, 1));
        }
    }

    private void writeRows(TdsWriter out) throws IOException {
        List<TypeInfo> types = List.of(TypeInfo.integer(), TypeInfo.bigint());
        out.begin(PacketType.RESPONSE);
        new TokenWriter(out, TdsVersion.V7_4)
                .write(new ColMetadata(List.of(
                        new Column("a", types.get(0), Column.NULLABLE),
                        new Column("b", types.get(1), Column.NULLABLE))));
        RowEncoder encoder = RowEncoder.of(types);
        Object[] row = new Object[2];
        for (long i = 0; i < rows; i++) {
            row[0] = (int) i;
            row[1] = i;
            encoder.encode(out, row);
        }
        new TokenWriter(out, TdsVersion.V7_4).write(done(rows, Done.COMMAND_SELECT));
        out.end();
    }

    private void writeValue(TdsWriter out) throws IOException {
        TypeInfo type = TypeInfo.varbinary(TypeInfo.PLP);
        out.begin(PacketType.RESPONSE);
        new TokenWriter(out, TdsVersion.V7_4).write(new ColMetadata(List.of(new Column("v", type, Column.NULLABLE))));
        RowEncoder.of(List.of(type)).encode(out, new Object[] {new Zeros(bytes)});
        new TokenWriter(out, TdsVersion.V7_4).write(done(1, Done.COMMAND_SELECT));
        out.end();
    }

    private static void reply(TdsWriter out, Token... tokens) throws IOException {
        out.begin(PacketType.RESPONSE);
        for (Token token : tokens) {
            new TokenWriter(out, TdsVersion.V7_4).write(token);
        }
        out.end();
    }

    private static Done done(long count, int command) {
        return new Done(Done.Kind.DONE, command == 0 ? 0 : Done.COUNT, command, count);
    }

    /** A stream of zeros that is as long as wanted. */
    static final class Zeros extends InputStream {
        private long left;

        Zeros(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            left -= count;
            return count;
        }
    }
}
