package dev.tidegate.client.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** Finds the common names in a certificate's subject, written as RFC 2253 has it: {@code CN=host,O=Firm\, Ltd}. */
final class SubjectNames {
    private SubjectNames() {}

    static List<String> commonNames(X500Principal subject) {
        String text = subject.getName(X500Principal.RFC2253);
        List<String> names = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(text.charAt(++i));
            } else if (c == ',' || c == '+') {
                addIfCommonName(part.toString(), names);
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        return names;
    }

    private static void addIfCommonName(String part, List<String> names) {
        if (part.toUpperCase(Locale.ROOT).startsWith("CN=")) {
            names.add(part.substring(3));
        }
    }
}
