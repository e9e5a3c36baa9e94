package dev.tidegate.bench.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A request and its answer, as they passed once.
 *
 * @param request of the request
 * @param answer in pieces; all packets, headers included
 */
record Exchange(Digest request, List<byte[]> answer) {
    void play(OutputStream out) throws IOException {
        for (byte[] piece : answer) {
            out.write(piece);
        }
        out.flush();
    }

    long answerBytes() {
        return answer.stream().mapToLong(piece -> piece.length).sum();
    }

    /** What tells two messages that begin with the same packet apart: number of bytes, and a checksum of them. */
    record Digest(long bytes, int checksum) {}
}
