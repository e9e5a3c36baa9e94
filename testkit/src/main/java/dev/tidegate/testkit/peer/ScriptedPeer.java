package dev.tidegate.testkit.peer;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.message.ProgramVersion;
import dev.tidegate.tds.message.RpcRequest;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.message.TransactionManagerRequest;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenWriter;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.testkit.fault.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The server's end of one connection, for scripts. Speaks TDS 7.4. Not thread-safe, but for {@link #release}. */
public final class ScriptedPeer {
    private final int number;
    private final Socket socket;
    private final TdsReader in;
    private final TdsWriter out;
    private final TokenWriter tokens;
    private final CountDownLatch released = new CountDownLatch(1);
    private Login7 login;

    ScriptedPeer(int number, Socket socket) throws IOException {
        this.number = number;
        this.socket = socket;
        this.in = new TdsReader(socket.getInputStream());
        this.out = new TdsWriter(socket.getOutputStream());
        this.tokens = new TokenWriter(out, TdsVersion.V7_4);
    }

    /** Number of the connection, from 1, in the order of accepting. */
    public int number() {
        return number;
    }

    public Socket socket() {
        return socket;
    }

    public TdsReader in() {
        return in;
    }

    public TdsWriter out() {
        return out;
    }

    /** What the client logged in with; null before. */
    public Login7 login() {
        return login;
    }

    /** Lets the client in, whoever it is, without encryption. */
    public void acceptLogin() throws IOException {
        answerPrelogin(Encryption.NOT_SUPPORTED);
        readLogin();
        reply(
                new EnvChange.Text(EnvChange.DATABASE, "master", ""),
                new LoginAck(1, TdsVersion.V7_4.code(), "Scripted", 0x10000FA0),
                done(0));
    }

    public Prelogin answerPrelogin(Encryption encryption) throws IOException {
        expect(PacketType.PRELOGIN);
        Prelogin asked = Prelogin.read(in);
        out.begin(PacketType.RESPONSE);
        Prelogin.builder()
                .version(new ProgramVersion(16, 0, 1000, 0))
                .encryption(encryption)
                .build()
                .write(out);
        out.end();
        return asked;
    }

    public Login7 readLogin() throws IOException {
        expect(PacketType.LOGIN7);
        login = Login7.read(in);
        return login;
    }

    /**
     * Waits for the next message, which the script then reads.
     *
     * @throws DialogueMismatch if it is of another type, or the client closes the connection instead
     */
    public void expect(PacketType type) throws IOException {
        PacketType got = in.beginMessage();
        if (got != type) {
            throw new DialogueMismatch("connection " + number + ": expected " + type + ", "
                    + (got == null
                            ? "the client closed the connection"
                            : "got " + got + " of " + DialogueMismatch.shown(payload())));
        }
    }

    /** The rest of the current message. */
    public byte[] payload() throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        while (!in.atEnd()) {
            payload.write(in.buffer(), in.offset(), in.available());
            in.advance(in.available());
        }
        return payload.toByteArray();
    }

    /** The text of the next message, which must be a batch. */
    public String readBatch() throws IOException {
        expect(PacketType.SQL_BATCH);
        return SqlBatch.read(in, TdsVersion.V7_4).sql();
    }

    public RpcRequest readRpc() throws IOException {
        expect(PacketType.RPC);
        return RpcRequest.read(in, TdsVersion.V7_4);
    }

    public TransactionManagerRequest readTransactionRequest() throws IOException {
        expect(PacketType.TRANSACTION_MANAGER);
        return TransactionManagerRequest.read(in, TdsVersion.V7_4);
    }

    /** Begins an answer that is written piece by piece; {@code out().end()} ends it. */
    public void begin() {
        out.begin(PacketType.RESPONSE);
    }

    public void write(Token... some) throws IOException {
        for (Token token : some) {
            tokens.write(token);
        }
    }

    /** A whole answer. */
    public void reply(Token... some) throws IOException {
        begin();
        write(some);
        out.end();
    }

    /** Bytes as they are, packet headers included, whole or not. */
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Describes one int column and sends rows 1 to {@code count}; the message stays open. */
    public void writeNumbers(int count) throws IOException {
        write(numbers());
        writeRows(1, count);
    }

    public void writeRows(int first, int last) throws IOException {
        RowEncoder encoder = RowEncoder.of(List.of(TypeInfo.integer()));
        for (int i = first; i <= last; i++) {
            encoder.encode(out, new Object[] {i});
        }
    }

    /** One int column, nullable, named n. */
    public static ColMetadata numbers() {
        return new ColMetadata(List.of(new Column("n", TypeInfo.integer(), Column.NULLABLE)));
    }

    /** Waits for an attention and confirms it in a message of its own. */
    public void confirmAttention() throws IOException {
        expect(PacketType.ATTENTION);
        reply(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));
    }

    /** Says and reads nothing until {@link #release}, or until the server is closed. */
    public void stall() throws InterruptedException {
        released.await();
    }

    /** Ends a {@link #stall}, also one to come; from any thread. */
    public void release() {
        released.countDown();
    }

    /** Ends the connection. */
    public void end(Ending ending) throws IOException {
        if (ending == Ending.RESET) {
            socket.setSoLinger(true, 0);
            socket.close();
        } else {
            socket.shutdownOutput();
            awaitEndOfAnything();
        }
    }

    /** Waits until the client closes the connection, which it must do without another message. */
    public void awaitEnd() throws IOException {
        PacketType got = in.beginMessage();
        if (got != null) {
            throw new DialogueMismatch("connection " + number + ": expected its end, got " + got + " of "
                    + DialogueMismatch.shown(payload()));
        }
    }

    /** Reads whatever comes until the client closes the connection. */
    public void awaitEndOfAnything() throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    public static Done done(int status) {
        return new Done(Done.Kind.DONE, status, 0, 0);
    }

    public static Done count(long rows, int more) {
        return new Done(Done.Kind.DONE, Done.COUNT | more, Done.COMMAND_INSERT, rows);
    }

    public static Done selected(long rows, int more) {
        return new Done(Done.Kind.DONE, Done.COUNT | more, Done.COMMAND_SELECT, rows);
    }

    public static ServerMessage error(int number, int severity, String text) {
        return new ServerMessage(true, number, 1, severity, text, "scripted", "", 1);
    }

    public static ServerMessage info(String text) {
        return new ServerMessage(false, 0, 1, 0, text, "scripted", "", 1);
    }
}
