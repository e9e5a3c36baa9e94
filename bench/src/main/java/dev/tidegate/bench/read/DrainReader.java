package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.bench.replay.DataServer;
import dev.tidegate.bench.replay.PacketInput;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.message.ProgramVersion;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.packet.LittleEndian;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** The bytes of the answer, taken from the socket and not looked at: the limit for everybody. */
final class DrainReader implements RowReader {
    /** Of a DONE token: type, status, command, count ([MS-TDS] 2.2.7.6). */
    private static final int DONE_LENGTH = 13;

    private static final int DONE = 0xFD;
    private static final int COUNT_AT = 5;

    private final Socket socket;
    private final TdsWriter out;
    private final PacketInput in;
    private final String query;

    DrainReader(int port, DataSet set) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.out = new TdsWriter(socket.getOutputStream());
        this.in = new PacketInput(socket.getInputStream());
        this.query = set.query();
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

    /** @return the count that the last DONE has */
    @Override
    public long read() throws IOException {
        out.begin(PacketType.SQL_BATCH);
        new SqlBatch(RequestHeaders.NONE, query).write(out, TdsVersion.V7_4);
        out.end();
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
