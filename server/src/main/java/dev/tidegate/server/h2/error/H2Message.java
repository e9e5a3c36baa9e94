package dev.tidegate.server.h2.error;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names and values in an H2 error message. H2 puts each of its parameters in double quotes and doubles the quotes inside, in every
 * language that it speaks, so the parameters can be read back. A backslash is doubled too, because one alone begins the number of a control
 * character.
 */
record H2Message(String text, List<String> parameters) {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([0-9A-Fa-f]{4})|\\\\)");

    static H2Message of(String message) {
        // A translated message comes first and the English one, with the same parameters, on the last line.
        String statement = message.replaceFirst("(?s); SQL statement:.*", "");
        List<String> found = new ArrayList<>();
        for (int i = statement.indexOf('"'); i >= 0; i = statement.indexOf('"', i)) {
            StringBuilder parameter = new StringBuilder();
            for (i++; i < statement.length(); i++) {
                if (statement.charAt(i) == '"') {
                    if (i + 1 < statement.length() && statement.charAt(i + 1) == '"') {
                        i++;
                    } else {
                        break;
                    }
                }
                parameter.append(statement.charAt(i));
            }
            found.add(decoded(parameter.toString()));
            i++;
        }
        return new H2Message(statement, List.copyOf(found));
    }

    private static String decoded(String parameter) {
        return ESCAPE.matcher(parameter).replaceAll(escape -> {
            String number = escape.group(1);
            return Matcher.quoteReplacement(number == null ? "\\" : Character.toString(Integer.parseInt(number, 16)));
        });
    }

    /** The parameter at {@code index}, or an empty string if the message has fewer. */
    String parameter(int index) {
        return index < parameters.size() ? parameters.get(index) : "";
    }
}
