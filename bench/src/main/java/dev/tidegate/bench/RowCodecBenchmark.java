package dev.tidegate.bench;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.token.RowMarker;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a row of {@link LineItems} through the row codecs, from and to memory: no socket, no SQL. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RowCodecBenchmark {
    private static final int ROWS = 20_000;
    private static final int PACKET_SIZE = 32_767;

    private Object[][] rows;
    private byte[] message;
    private ColumnSink[] sinks;
    private SumSink sum;

    @Setup
    public void prepare() throws IOException {
        rows = LineItems.rows(ROWS);
        message = LineItems.message(rows, PACKET_SIZE);
        sum = new SumSink();
        sinks = new ColumnSink[LineItems.TYPES.size()];
        Arrays.fill(sinks, sum);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long readIntoColumns() throws IOException {
        TdsReader in = LineItems.open(message);
        RowDecoder decoder = RowDecoder.of(LineItems.TYPES);
        for (int row = 0; row < ROWS; row++) {
            in.skip(1);
            decoder.decode(in, RowMarker.ROW, sinks, row);
        }
        return sum.total();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long readAsObjects() throws IOException {
        TdsReader in = LineItems.open(message);
        RowDecoder decoder = RowDecoder.of(LineItems.TYPES);
        long total = 0;
        for (int row = 0; row < ROWS; row++) {
            in.skip(1);
            total += decoder.decode(in, RowMarker.ROW).length;
        }
        return total;
    }

    /** The floor: the same bytes through the packet layer, not looked at. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long skip() throws IOException {
        TdsReader in = LineItems.open(message);
        in.skipToEnd();
        return in.position();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void writeObjects() throws IOException {
        TdsWriter out = new TdsWriter(OutputStream.nullOutputStream(), PACKET_SIZE);
        RowEncoder encoder = RowEncoder.of(LineItems.TYPES);
        out.begin(PacketType.BULK_LOAD);
        for (Object[] row : rows) {
            encoder.encode(out, row);
        }
        out.end();
    }
}
