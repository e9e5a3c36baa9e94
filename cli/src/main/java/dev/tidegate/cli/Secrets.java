package dev.tidegate.cli;

import java.util.regex.Pattern;

/** Keeps passwords out of messages that repeat what the user has typed. */
public final class Secrets {
    /** To the last at sign, because a password may have one, or a slash, where a URL should have an escape. */
    private static final Pattern USER_INFO = Pattern.compile("(:/+)[^\\n]*@");

    /** To the end, because only the driver knows where a value in braces ends. */
    private static final Pattern PARAMETER = Pattern.compile("(?i)((?:password|pwd|token)\\s*=)[^\\n]*");

    private Secrets() {}

    /** Takes out whatever may be a password of a URL, and rather more than less. */
    public static String hidden(String text) {
        String named = PARAMETER.matcher(text).replaceAll("$1***");
        return USER_INFO.matcher(named).replaceAll("$1***@");
    }
}
