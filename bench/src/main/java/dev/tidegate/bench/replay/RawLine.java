package dev.tidegate.bench.replay;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.message.ProgramVersion;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A connection to 127.0.0.1 that is logged in and looks at nothing that comes: who moves the bytes and does nothing else. Used by one thread. */
public final class RawLine implements AutoCloseable {
    /** Of a DONE token: type, status, command, count ([MS-TDS] 2.2.7.6). */
    private static final int DONE_LENGTH = 13;

    private static final int DONE = 0xFD;
    private static final int COUNT_AT = 5;

    private final Socket socket;
    private final TdsWriter out;
    private final PacketInput in;

    public RawLine(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.out = new TdsWriter(socket.getOutputStream());
        this.in = new PacketInput(socket.getInputStream());
        out.begin(PacketType.PRELOGIN);
        Prelogin.builder()
                .version(new ProgramVersion(1, 0, 0, 0))
                .encryption(Encryption.NOT_SUPPORTED)
                .build()
                .write(out);
        out.end();
        drain();
        out.begin(PacketType.LOGIN7);
        Login7.builder()
                .packetSize(Clients.PACKET_SIZE)
                .userName(DataServer.USER)
                .password(DataServer.PASSWORD)
                .build()
                .write(out);
        out.end();
        drain();
        out.setPacketSize(Clients.PACKET_SIZE);
    }

    /**
     * Runs a batch and takes its answer.
     *
     * @return the count that its last DONE has
     */
    public long run(String sql) throws IOException {
        out.begin(PacketType.SQL_BATCH);
        new SqlBatch(RequestHeaders.NONE, sql).write(out, TdsVersion.V7_4);
        out.end();
        return count();
    }

    /** Takes whole packets, of a message that {@link #count} is the answer to. */
    public OutputStream packets() throws IOException {
        return socket.getOutputStream();
    }

    /**
     * Takes an answer.
     *
     * @return the count that its last DONE has
     */
    public long count() throws IOException {
        drain();
        int done = in.offset() + in.length() - DONE_LENGTH;
        if (in.length() < TdsReader.HEADER_LENGTH + DONE_LENGTH || (in.buffer()[done] & 0xFF) != DONE) {
            throw new IOException("the answer does not end with a DONE");
        }
        return LittleEndian.getLong(in.buffer(), done + COUNT_AT);
    }

    private void drain() throws IOException {
        do {
            if (!in.next()) {
                throw new IOException("the server has closed the line");
            }
        } while (!in.isLast());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
