package dev.tidegate.server.front;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.message.ProgramVersion;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.EOFException;
import java.io.IOException;

/** Answers PRELOGIN and starts TLS as it was agreed ([MS-TDS] 2.2.6.5, 3.3.5.1). */
final class PreloginStep {
    /** What jTDS and the first versions of FreeTDS, from which it was taken, say of themselves. */
    private static final ProgramVersion JTDS = new ProgramVersion(8, 0, 341, 0);

    private final FrontSettings settings;
    private final Transport transport;
    private TdsReader reader;

    PreloginStep(FrontSettings settings, Transport transport) {
        this.settings = settings;
        this.transport = transport;
    }

    /** Stands at the beginning of the message after PRELOGIN once {@link #negotiate} has returned. */
    TdsReader reader() {
        return reader;
    }

    Channel negotiate() throws IOException {
        boolean tlsFirst = transport.beginsWithTls();
        if (tlsFirst) {
            if (settings.tls() == null) {
                throw new TdsProtocolException("the client begins with TLS, for which there is no certificate", -1);
            }
            transport.startTlsFirst(settings.tls());
        }
        PacketType first = next();
        if (first != PacketType.PRELOGIN) {
            // Some clients log in without PRELOGIN: they cannot encrypt.
            return checked(tlsFirst ? Channel.ENCRYPTED : Channel.PLAIN);
        }
        Prelogin asked = Prelogin.read(reader);
        Encryption answer = tlsFirst ? Encryption.ON : answer(asked);
        send(asked, answer);
        Channel channel = tlsFirst ? Channel.ENCRYPTED : checked(channel(asked.encryption(), answer));
        if (!tlsFirst && channel != Channel.PLAIN) {
            transport.startTlsInPackets(settings.tls());
        }
        next();
        return channel;
    }

    private PacketType next() throws IOException {
        reader = new TdsReader(transport.in());
        PacketType type = reader.beginMessage();
        if (type == null) {
            throw new EOFException("the client went away before it logged in");
        }
        return type;
    }

    private Encryption answer(Prelogin asked) {
        if (settings.tls() == null) {
            return Encryption.NOT_SUPPORTED;
        }
        return switch (asked.encryption()) {
            case ON, REQUIRED -> Encryption.ON;
            case OFF ->
                settings.tlsRequired() || losesAnswers(asked.version()) ? Encryption.REQUIRED : Encryption.OFF;
            case NOT_SUPPORTED -> settings.tlsRequired() ? Encryption.REQUIRED : Encryption.NOT_SUPPORTED;
        };
    }

    /**
     * jTDS goes back to plain bytes by closing its TLS socket, and the JDK's throws away what has arrived by then. If that is the answer
     * to the login already, jTDS waits for it without end; it has no such trouble where everything is encrypted.
     */
    private static boolean losesAnswers(ProgramVersion client) {
        return JTDS.equals(client);
    }

    private static Channel channel(Encryption asked, Encryption answer) {
        if (asked == Encryption.NOT_SUPPORTED || answer == Encryption.NOT_SUPPORTED) {
            return Channel.PLAIN;
        }
        return answer == Encryption.OFF ? Channel.LOGIN_ENCRYPTED : Channel.ENCRYPTED;
    }

    private Channel checked(Channel channel) throws TdsProtocolException {
        if (settings.tlsRequired() && channel != Channel.ENCRYPTED) {
            throw new TdsProtocolException("the client cannot encrypt, which this server requires", -1);
        }
        return channel;
    }

    private void send(Prelogin asked, Encryption encryption) throws IOException {
        Prelogin.Builder answer = Prelogin.builder()
                .version(ServerProduct.VERSION)
                .encryption(encryption)
                .instance("")
                .option(Prelogin.THREAD_ID)
                .mars(false);
        if (asked.fedAuthRequired() != null) {
            answer.fedAuthRequired(false);
        }
        TdsWriter out = new TdsWriter(transport.out());
        out.begin(PacketType.RESPONSE);
        answer.build().write(out);
        out.end();
    }
}
