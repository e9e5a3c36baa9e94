package dev.tidegate.bench.frame;

import java.util.List;

/**
 * The same work, done by each of the contenders; a row of a table.
 *
 * @param label what the work is, the same for all contenders
 * @param contenders ours first, whatever its role says, then its peers, and perhaps others of ours and the limit
 */
public record Comparison(String label, List<Contender> contenders) {
    public Comparison {
        contenders = List.copyOf(contenders);
        if (contenders.size() < 2) {
            throw new IllegalArgumentException("'" + label + "' compares nothing: it has " + contenders.size() + " contender");
        }
    }
}
