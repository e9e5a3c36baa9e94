package dev.tidegate.cli.shell;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** Keeps no line that may have a password in it, such as that of a CREATE LOGIN: its file is for the eyes of more than one. */
final class DiscreetHistory extends DefaultHistory {
    private static final Pattern SECRET =
            Pattern.compile("password|passwd|pwd|secret|token|accountkey|://[^\\s]*:[^\\s]*@", Pattern.CASE_INSENSITIVE);

    @Override
    public void add(Instant time, String line) {
        if (!SECRET.matcher(line).find()) {
            super.add(time, line);
        }
    }
}
