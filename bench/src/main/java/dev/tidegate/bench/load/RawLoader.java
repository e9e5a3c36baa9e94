package dev.tidegate.bench.load;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.bench.replay.RawLine;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.TokenWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The packets of a load, made once and written to the socket over and over: the limit for everybody. */
final class RawLoader implements Loader {
    /** Bytes that the system takes at once; more does not make it faster. */
    private static final int PIECE = 256 * 1024;

    private final RawLine line;
    private final String insertBulk;
    private final List<byte[]> pieces;

    RawLoader(int port, DataSet set, int rows) throws IOException {
        this.line = new RawLine(port);
        this.insertBulk = set.columns().stream()
                .map(column -> column.name() + " " + column.type().toSql())
                .collect(Collectors.joining(", ", "INSERT BULK " + set.table() + " (", ")"));
        this.pieces = message(set, rows);
    }

    private static List<byte[]> message(DataSet set, int rows) throws IOException {
        Pieces pieces = new Pieces();
        TdsWriter out = new TdsWriter(pieces, Clients.PACKET_SIZE);
        TokenWriter tokens = new TokenWriter(out, TdsVersion.V7_4);
        RowEncoder encoder = RowEncoder.of(set.types());
        Object[] values = new Object[set.fields().size()];
        out.begin(PacketType.BULK_LOAD);
        tokens.write(new ColMetadata(set.columns().stream().map(RawLoader::loaded).toList()));
        for (int row = 0; row < rows; row++) {
            set.row(row, values);
            encoder.encode(out, values);
        }
        tokens.write(new Done(Done.Kind.DONE, Done.FINAL, 0, 0));
        out.end();
        return pieces.all();
    }

    private static Column loaded(Column column) {
        return new Column(column.name(), column.type(), column.flags() | Column.UPDATEABLE_UNKNOWN);
    }

    @Override
    public long load() throws IOException {
        line.run(insertBulk);
        for (byte[] piece : pieces) {
            line.packets().write(piece);
        }
        return line.count();
    }

    @Override
    public void close() throws IOException {
        line.close();
    }

    private static final class Pieces extends OutputStream {
        private final List<byte[]> full = new ArrayList<>();
        private final ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);

        @Override
        public void write(int b) {
            piece.write(b);
        }

        @Override
        public void write(byte[] packet, int offset, int length) {
            if (piece.size() + length > PIECE) {
                turn();
            }
            piece.write(packet, offset, length);
        }

        List<byte[]> all() {
            turn();
            return full;
        }

        private void turn() {
            full.add(piece.toByteArray());
            piece.reset();
        }
    }
}
