package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.replay.RawLine;
import java.io.IOException;

/** The bytes of the answer, taken from the socket and not looked at: the limit for everybody. */
final class DrainReader implements RowReader {
    private final RawLine line;
    private final String query;

    DrainReader(int port, DataSet set) throws IOException {
        this.line = new RawLine(port);
        this.query = set.query();
    }

    /** @return the count that the last DONE has */
    @Override
    public long read() throws IOException {
        return line.run(query);
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
