package dev.tidegate.cli.copy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Names the process that an unfinished file or directory belongs to, so that a later one can tell what nobody will finish any more, as after
 * {@code kill -9}. A process can be asked for only where its number means the same, so the mark also has the machine's start and the
 * process namespace; elsewhere, as on a network drive, nothing counts as abandoned.
 */
final class ProcessMark {
    /** The place in which process numbers mean something, and a process number. */
    static final String PATTERN = "([0-9a-f]{8})-(\\d{1,18})";

    private static final Pattern MARK = Pattern.compile(PATTERN);
    private static final OptionalLong PLACE = place();

    private ProcessMark() {}

    /** The mark of this process. */
    static String own() {
        return of(ProcessHandle.current().pid());
    }

    static String of(long pid) {
        return String.format("%08x-%d", PLACE.orElse(0), pid);
    }

    /** @return true only if the process of this mark has certainly ended */
    static boolean isAbandoned(String mark) {
        Matcher found = MARK.matcher(mark);
        return found.matches()
                && PLACE.isPresent()
                && Long.parseLong(found.group(1), 16) == PLACE.getAsLong()
                && ProcessHandle.of(Long.parseLong(found.group(2))).isEmpty();
    }

    /** Empty on systems that do not tell. */
    private static OptionalLong place() {
        try {
            String place = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
            CRC32 sum = new CRC32();
            sum.update(place.getBytes(StandardCharsets.UTF_8));
            return OptionalLong.of(sum.getValue());
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return OptionalLong.empty();
        }
    }
}
