package dev.tidegate.testkit.capture;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one file. The README beside the files describes the form. */
final class CaptureParser {
    private static final Pattern STEP = Pattern.compile("# step(?: (\\d+))?: (.*)");
    private static final Pattern STEP_MARK = Pattern.compile("# step (\\d+)");
    private static final Pattern EXPECT = Pattern.compile("# expect(?: (\\d+))?: (.*)");
    private static final String CLIENT_OUTPUT = "# expect (client output): ";
    private static final String SETUP = "# setup";
    private static final int END_OF_MESSAGE = 0x01;

    /** A message of which not all packets have been seen; takes its place in the order when it begins. */
    private record Pending(int index, int step, List<byte[]> packets) {}

    private final String name;
    private final Map<Integer, String> actions = new TreeMap<>();
    private final Map<Integer, List<Expectation>> expectations = new TreeMap<>();
    private final List<String> setup = new ArrayList<>();
    private final List<RecordedMessage> messages = new ArrayList<>();
    private final Map<Direction, Pending> pending = new EnumMap<>(Direction.class);
    private String about = "";
    private String client = "";
    private int step;

    private CaptureParser(String name) {
        this.name = name;
    }

    static Capture parse(String name, List<String> lines) {
        CaptureParser parser = new CaptureParser(name);
        for (int i = 0; i < lines.size(); i++) {
            try {
                parser.line(lines.get(i));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return parser.finish();
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            comment(line);
        } else if (line.length() > 3 && line.charAt(1) == '>') {
            packet(Direction.ofLetter(line.charAt(0)), HexFormat.of().parseHex(line.substring(3)));
        } else if (!line.isEmpty() && line.charAt(1) != '~') {
            throw new IllegalArgumentException("neither a comment nor a packet nor TLS");
        }
    }

    private void comment(String line) {
        Matcher mark = STEP_MARK.matcher(line);
        Matcher action = STEP.matcher(line);
        Matcher expect = EXPECT.matcher(line);
        if (line.startsWith(CLIENT_OUTPUT)) {
            expect(1, new Expectation.ClientOutput(line.substring(CLIENT_OUTPUT.length())));
        } else if (mark.matches()) {
            step = Integer.parseInt(mark.group(1));
        } else if (action.matches()) {
            actions.put(numberOrOne(action.group(1)), action.group(2));
        } else if (expect.matches()) {
            expect(numberOrOne(expect.group(1)), ExpectationParser.parse(expect.group(2)));
        } else if (line.startsWith("# about: ")) {
            about = line.substring("# about: ".length());
        } else if (line.startsWith("# client: ")) {
            client = line.substring("# client: ".length());
        } else if (line.startsWith(SETUP)) {
            setup.add(line.substring(line.indexOf(": ") + 2));
        }
    }

    private void expect(int number, Expectation expectation) {
        expectations.computeIfAbsent(number, n -> new ArrayList<>()).add(expectation);
    }

    private void packet(Direction direction, byte[] packet) {
        if (packet.length < 8 || ((packet[2] & 0xFF) << 8 | packet[3] & 0xFF) != packet.length) {
            throw new IllegalArgumentException("the packet is not as long as its header says");
        }
        Pending message = pending.computeIfAbsent(direction, d -> {
            messages.add(null);
            return new Pending(messages.size() - 1, step, new ArrayList<>());
        });
        message.packets().add(packet);
        if ((packet[1] & END_OF_MESSAGE) != 0) {
            place(direction, true);
        }
    }

    private void place(Direction direction, boolean complete) {
        Pending message = pending.remove(direction);
        messages.set(message.index(), new RecordedMessage(direction, message.step(), message.packets(), complete));
    }

    private Capture finish() {
        for (Direction direction : Direction.values()) {
            if (pending.containsKey(direction)) {
                place(direction, false);
            }
        }
        List<Step> steps = actions.entrySet().stream()
                .map(entry -> new Step(
                        entry.getKey(), entry.getValue(), expectations.getOrDefault(entry.getKey(), List.of())))
                .toList();
        return new Capture(name, about, client, setup, steps, messages);
    }

    private static int numberOrOne(String number) {
        return number == null ? 1 : Integer.parseInt(number);
    }
}
