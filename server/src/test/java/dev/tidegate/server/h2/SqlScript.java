package dev.tidegate.server.h2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of cases: {@code ### name}, T-SQL (batches separated by GO), {@code =>}, and the lines that a {@link RecordingSink} writes.
 * Cases run one after another on one session.
 */
record SqlScript(String name, List<Case> cases) {
    record Case(String name, List<String> batches, List<String> expected) {}

    static SqlScript load(String name) throws IOException {
        try (InputStream in = SqlScript.class.getResourceAsStream("/tsql/" + name + ".txt")) {
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static SqlScript parse(String name, String text) {
        List<Case> cases = new ArrayList<>();
        for (String part : text.split("(?m)^### ")) {
            if (part.isBlank() || part.startsWith("#")) {
                continue;
            }
            String[] lines = part.split("\n", -1);
            List<String> batches = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            StringBuilder batch = new StringBuilder();
            boolean expecting = false;
            for (int i = 1; i < lines.length; i++) {
                if (expecting) {
                    if (!lines[i].isEmpty()) {
                        expected.add(lines[i]);
                    }
                } else if (lines[i].equals("=>")) {
                    expecting = true;
                } else if (lines[i].equals("GO")) {
                    batches.add(batch.toString());
                    batch.setLength(0);
                } else {
                    batch.append(lines[i]).append('\n');
                }
            }
            batches.add(batch.toString().strip());
            cases.add(new Case(lines[0].strip(), batches, expected));
        }
        return new SqlScript(name, cases);
    }
}
