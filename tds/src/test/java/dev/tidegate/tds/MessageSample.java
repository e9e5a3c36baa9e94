package dev.tidegate.tds;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/**
 * A message of any kind, and how it goes to the wire and comes back.
 *
 * @param value the message
 * @param openEnded whether it lasts until the packets end, so that a shorter one may be as good
 */
public record MessageSample<T>(
        PacketType type, TdsVersion version, T value, boolean openEnded, Writer<T> writer, Reader<T> reader) {
    /** Writes a payload. */
    @FunctionalInterface
    public interface Writer<T> {
        void write(T message, TdsWriter out, TdsVersion version) throws IOException;
    }

    /** Reads a payload. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(TdsReader in, TdsVersion version) throws IOException;
    }

    public byte[] payload() throws IOException {
        return Wire.payload(this::write);
    }

    public void write(TdsWriter out) throws IOException {
        writer.write(value, out, version);
    }

    public T read(TdsReader in) throws IOException {
        return reader.read(in, version);
    }

    /** What another message of this kind would write. */
    public byte[] payloadOf(T other) throws IOException {
        return Wire.payload(out -> writer.write(other, out, version));
    }

    @Override
    public String toString() {
        String shown = String.valueOf(value);
        return type + " " + version + " " + (shown.length() > 300 ? shown.substring(0, 300) + "…" : shown);
    }
}
