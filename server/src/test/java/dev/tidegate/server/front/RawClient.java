package dev.tidegate.server.front;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.Login7Builder;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.message.ProgramVersion;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.RpcCall;
import dev.tidegate.tds.message.RpcRequest;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.message.TransactionManagerRequest;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.function.UnaryOperator;

/** A client that says what a test wants, message by message, without state of its own beyond the socket. */
final class RawClient implements AutoCloseable {
    /** Writes the payload of a message. */
    interface Payload {
        void write(TdsWriter out) throws IOException;
    }

    final Socket socket;
    final TdsReader in;
    final TdsWriter out;
    TdsVersion version = TdsVersion.V7_4;
    /** Descriptor that the headers carry. */
    long transaction;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new TdsReader(new BufferedInputStream(socket.getInputStream()));
        out = new TdsWriter(socket.getOutputStream());
    }

    /** Connects and logs in as "sa". */
    static RawClient loggedIn(int port) throws IOException {
        RawClient client = new RawClient(port);
        client.prelogin(Encryption.NOT_SUPPORTED);
        Reply reply = client.login(UnaryOperator.identity());
        if (!reply.errors().isEmpty()) {
            throw new IOException(reply.errors().get(0).text());
        }
        return client;
    }

    Prelogin prelogin(Encryption encryption) throws IOException {
        return prelogin(new ProgramVersion(1, 0, 0, 0), encryption);
    }

    Prelogin prelogin(ProgramVersion program, Encryption encryption) throws IOException {
        send(
                PacketType.PRELOGIN,
                0,
                Prelogin.builder().version(program).encryption(encryption).build()::write);
        if (in.beginMessage() == null) {
            throw new IOException("closed during PRELOGIN");
        }
        return Prelogin.read(in);
    }

    Reply login(UnaryOperator<Login7Builder> change) throws IOException {
        Login7 login = change.apply(Login7.builder()
                        .version(version)
                        .userName("sa")
                        .password("Secret-1")
                        .database("main"))
                .build();
        send(PacketType.LOGIN7, 0, login::write);
        return reply();
    }

    Reply batch(String sql) throws IOException {
        sendBatch(sql, 0);
        return reply();
    }

    void sendBatch(String sql, int status) throws IOException {
        SqlBatch batch = new SqlBatch(new RequestHeaders(transaction), sql);
        send(PacketType.SQL_BATCH, status, to -> batch.write(to, version));
    }

    Reply call(RpcCall... calls) throws IOException {
        RpcRequest request = new RpcRequest(new RequestHeaders(transaction), List.of(calls));
        send(PacketType.RPC, 0, to -> request.write(to, version));
        return reply();
    }

    Reply transaction(TransactionManagerRequest request) throws IOException {
        send(PacketType.TRANSACTION_MANAGER, 0, to -> request.write(to, version));
        return reply();
    }

    void attention() throws IOException {
        send(PacketType.ATTENTION, 0, to -> {});
    }

    void send(PacketType type, int status, Payload payload) throws IOException {
        out.begin(type, status);
        payload.write(out);
        out.end();
    }

    /** The next message of the server. */
    Reply reply() throws IOException {
        if (in.beginMessage() == null) {
            throw new IOException("closed instead of a reply");
        }
        return Reply.read(in, version);
    }

    /** Waits until the server has closed the connection. */
    boolean closedByServer() {
        try {
            return in.beginMessage() == null;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
