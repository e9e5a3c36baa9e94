package dev.tidegate.tds.row;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.RowMarker;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Decodes rows that stand whole in the reader's buffer, column by column. Rows that are not as usual it leaves to {@link RowDecoder}. */
final class RunDecoder {
    /** Bytes of a run, about: with what becomes of them they fit into the fast memory of one processor. */
    private static final int RUN_LENGTH = 64 * 1024;

    /** A longer row is not waited for, but decoded value by value. */
    private static final int LONGEST_ROW = 256 * 1024;

    private final ColumnDecoder[] decoders;
    private final ColumnNames names;
    private final RowLocator locator;
    private final ValueRun run = new ValueRun();
    /** Rows of the run that come before the first one with an error. */
    private int sound;

    private RunDecoder(ColumnDecoder[] decoders, ColumnNames names) {
        this.decoders = decoders;
        this.names = names;
        this.locator = new RowLocator(decoders);
    }

    /** @return null if the rows have to be decoded one by one */
    static RunDecoder of(ColumnDecoder[] decoders, ColumnNames names) {
        for (ColumnDecoder decoder : decoders) {
            if (decoder.form() == RowLocator.Form.OTHER) {
                return null;
            }
        }
        return new RunDecoder(decoders, names);
    }

    /**
     * Decodes the row on whose first byte the reader stands, and rows behind it.
     *
     * @return how many; 0 if the row has to be decoded alone
     */
    int decode(TdsReader in, RowMarker marker, ColumnSink[] sinks, int row, int most) throws IOException {
        if (!takeRuns(sinks)) {
            return 0;
        }
        in.gather(RUN_LENGTH);
        int rows = locate(in, marker, most);
        while (rows == RowLocator.INCOMPLETE) {
            if (in.available() >= LONGEST_ROW || !in.extend()) {
                return 0;
            }
            in.gather(RUN_LENGTH);
            rows = locate(in, marker, most);
        }
        if (rows == RowLocator.IRREGULAR) {
            return 0;
        }
        give(in, sinks, row, rows);
        return rows;
    }

    private static boolean takeRuns(ColumnSink[] sinks) {
        for (ColumnSink sink : sinks) {
            if (sink != null && !(sink instanceof RunSink)) {
                return false;
            }
        }
        return true;
    }

    private int locate(TdsReader in, RowMarker marker, int most) {
        return locator.locate(in.buffer(), in.offset(), in.offset() + in.available(), marker, most);
    }

    private void give(TdsReader in, ColumnSink[] sinks, int row, int rows) throws IOException {
        run.begin(in.buffer(), row, locator.room());
        sound = rows;
        RefusedRowException refused = null;
        TdsProtocolException wrong = null;
        for (int column = 0; column < decoders.length && sound > 0; column++) {
            if (sinks[column] == null) {
                continue;
            }
            locator.turn(run, column, sound);
            try {
                give(column, (RunSink) sinks[column]);
            } catch (RefusedRowException e) {
                sound = e.row() - row;
                refused = e;
                wrong = null;
            } catch (TdsProtocolException e) {
                wrong = firstError(column, in, e);
                refused = null;
            } catch (RuntimeException e) {
                in.advance(locator.end(rows - 1) - in.offset());
                throw e;
            }
        }
        in.advance(locator.end(Math.min(sound, rows - 1)) - in.offset());
        if (wrong != null) {
            throw wrong;
        }
        if (refused != null) {
            throw refused;
        }
    }

    private void give(int column, RunSink sink) throws TdsProtocolException {
        if (run.nulls() == run.count()) {
            sink.setNulls(run);
            return;
        }
        ByteBuffer memory = sink.memory();
        if (memory == null) {
            decoders[column].fill(run);
            decoders[column].give(run, sink);
        } else {
            decoders[column].put(run, memory, sink.place(run.row()));
            sink.setPlaced(run);
        }
    }

    /** The rows before the error are sound. */
    private TdsProtocolException firstError(int column, TdsReader in, TdsProtocolException any) {
        ColumnDecoder decoder = decoders[column];
        for (int rows = 1; rows <= sound; rows++) {
            locator.turn(run, column, rows);
            try {
                decoder.fill(run);
            } catch (TdsProtocolException e) {
                sound = rows - 1;
                int cell = run.start(sound) - (decoder.maxCell - decoder.maxContent());
                return e.in(names.shown(column), in.position() + cell - in.offset());
            }
        }
        return any;
    }
}
