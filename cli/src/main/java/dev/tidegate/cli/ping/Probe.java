package dev.tidegate.cli.ping;

import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.settings.Encrypt;
import dev.tidegate.client.tls.TlsConnector;
import dev.tidegate.client.tls.TlsTransport;
import dev.tidegate.client.transport.AddressLookup;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.client.transport.TcpConnector;
import dev.tidegate.client.transport.TcpTransport;
import dev.tidegate.client.transport.TdsLine;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.packet.PacketType;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** A connection up to the point before the login, one step at a time. Used by one thread. */
final class Probe implements AutoCloseable {
    private final ConnectionSettings settings;
    private final Deadline deadline;
    private TdsLine line;

    Probe(ConnectionSettings settings) {
        this.settings = settings;
        this.deadline = Deadline.after(settings.loginTimeout(), "loginTimeout");
    }

    List<InetAddress> addresses() throws IOException {
        return AddressLookup.lookUp(settings.host(), AddressLookup.Preference.IPV4_FIRST, deadline);
    }

    void connect(List<InetAddress> addresses) throws IOException {
        TcpTransport tcp = new TcpConnector(settings.host(), settings.port()).connect(addresses, false, deadline);
        line = new TdsLine(tcp);
        line.setPatience(deadline);
    }

    /** The server's answer to PRELOGIN, with its version and what it says of encryption. */
    Prelogin prelogin() throws IOException {
        line.writer().begin(PacketType.PRELOGIN);
        Prelogin.builder()
                .encryption(settings.encrypt() == Encrypt.FALSE ? Encryption.OFF : Encryption.ON)
                .build()
                .write(line.writer());
        line.writer().end();
        if (line.reader().beginMessage() == null) {
            throw new EOFException("the server closed the connection without an answer; is it a SQL Server? If it"
                    + " demands TLS from the first byte, set encrypt=strict");
        }
        return Prelogin.read(line.reader());
    }

    TlsTransport tls() throws IOException {
        TlsConnector connector = new TlsConnector(settings, settings.host(), settings.port());
        TlsTransport tls = settings.encrypt() == Encrypt.STRICT
                ? connector.strict(line.transport(), deadline)
                : connector.withinPrelogin(line.transport(), deadline);
        line.setTransport(tls);
        return tls;
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
    }
}
