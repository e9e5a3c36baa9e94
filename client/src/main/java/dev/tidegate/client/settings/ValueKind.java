package dev.tidegate.client.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What values a {@link ConnectionProperty} takes: checks them and brings them into one spelling. */
public sealed interface ValueKind {
    /**
     * @return the value as it is to be kept
     * @throws IllegalArgumentException saying what is allowed, without the value itself (it may be secret)
     */
    String normalize(String value);

    /** The allowed values in words, for documentation and errors. */
    String allowed();

    /** The allowed values one by one, where they can be counted; else empty. */
    default List<String> choices() {
        return List.of();
    }

    /** Any text. */
    record Text() implements ValueKind {
        @Override
        public String normalize(String value) {
            return value;
        }

        @Override
        public String allowed() {
            return "any text";
        }
    }

    /** Text of which the protocol takes at most {@code most} UTF-16 code units. */
    record ShortText(int most) implements ValueKind {
        @Override
        public String normalize(String value) {
            if (value.length() > most) {
                throw new IllegalArgumentException("has " + value.length() + " characters; allowed: " + allowed());
            }
            return value;
        }

        @Override
        public String allowed() {
            return "text of at most " + most + " characters";
        }
    }

    /** {@code true} or {@code false}. */
    record Flag() implements ValueKind {
        @Override
        public String normalize(String value) {
            String lower = value.trim().toLowerCase(Locale.ROOT);
            if (!lower.equals("true") && !lower.equals("false")) {
                throw new IllegalArgumentException("allowed: " + allowed());
            }
            return lower;
        }

        @Override
        public String allowed() {
            return "true, false";
        }

        @Override
        public List<String> choices() {
            return List.of("true", "false");
        }
    }

    /**
     * A whole number.
     *
     * @param none a value outside the range that means "none" or "automatic"; empty if there is none
     * @param unit in words, for documentation
     */
    record Whole(int min, int max, Optional<Integer> none, String unit) implements ValueKind {
        @Override
        public String normalize(String value) {
            int number;
            try {
                number = Integer.parseInt(value.trim());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("is not a whole number; allowed: " + allowed(), e);
            }
            boolean isNone = none.isPresent() && none.get() == number;
            if (!isNone && (number < min || number > max)) {
                throw new IllegalArgumentException("allowed: " + allowed());
            }
            return Integer.toString(number);
        }

        @Override
        public String allowed() {
            String range = min + " to " + (max == Integer.MAX_VALUE ? "2147483647" : Integer.toString(max)) + unit;
            return none.map(n -> n + ", or " + range).orElse(range);
        }
    }

    /**
     * One of several words, whatever their case.
     *
     * @param choices the words as they are kept
     * @param synonyms other spellings, in lower case, and what they mean
     * @param refused words, in lower case, that other drivers know, and why they are refused here
     */
    record Choice(List<String> choices, Map<String, String> synonyms, Map<String, String> refused)
            implements ValueKind {
        public Choice {
            choices = List.copyOf(choices);
            // The order of the documentation is that of the declaration, which Map.copyOf would lose.
            synonyms = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(synonyms));
            refused = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(refused));
        }

        @Override
        public String normalize(String value) {
            String lower = value.trim().toLowerCase(Locale.ROOT);
            for (String choice : choices) {
                if (choice.toLowerCase(Locale.ROOT).equals(lower)) {
                    return choice;
                }
            }
            if (synonyms.containsKey(lower)) {
                return synonyms.get(lower);
            }
            if (refused.containsKey(lower)) {
                throw new IllegalArgumentException(refused.get(lower) + "; allowed: " + allowed());
            }
            throw new IllegalArgumentException("allowed: " + allowed());
        }

        @Override
        public String allowed() {
            StringBuilder text = new StringBuilder(String.join(", ", choices));
            synonyms.forEach((word, meaning) -> text.append(", ")
                    .append(word)
                    .append(" (= ")
                    .append(meaning)
                    .append(')'));
            return text.toString();
        }
    }
}
