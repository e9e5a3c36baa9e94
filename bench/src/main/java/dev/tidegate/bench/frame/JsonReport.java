package dev.tidegate.bench.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every value that was measured, for charts and for comparing with a later run. */
public final class JsonReport {
    private JsonReport() {}

    /**
     * One object a workload, by its name; in it a list of comparisons; in each what the contenders stand for, the unit of each figure and
     * which of its values win, and the values of every figure of every contender.
     *
     * @param machine what it was measured on
     */
    public static String of(String machine, Map<String, List<Result>> byWorkload) {
        return "{\"machine\": " + text(machine) + ",\n \"workloads\": {"
                + byWorkload.entrySet().stream()
                        .map(entry -> text(entry.getKey()) + ": [" + each(entry.getValue()) + "]")
                        .collect(Collectors.joining(",\n"))
                + "}}\n";
    }

    private static String each(List<Result> results) {
        return results.stream().map(JsonReport::one).collect(Collectors.joining(",\n  "));
    }

    private static String one(Result result) {
        return "{\"label\": " + text(result.label()) + ", \"roles\": {" + roles(result) + "}, \"units\": {" + units(result)
                + "}, \"better\": {" + better(result) + "}, \"figures\": {"
                + result.figures().stream()
                        .map(figure -> text(figure) + ": {" + contenders(result, figure) + "}")
                        .collect(Collectors.joining(", "))
                + "}}";
    }

    private static String roles(Result result) {
        return result.contenders().stream()
                .map(contender -> text(contender) + ": " + text(result.role(contender).name()))
                .collect(Collectors.joining(", "));
    }

    private static String units(Result result) {
        return result.figures().stream()
                .map(figure -> text(figure) + ": " + text(any(result, figure).unit()))
                .collect(Collectors.joining(", "));
    }

    private static String better(Result result) {
        return result.figures().stream()
                .map(figure -> text(figure) + ": " + text(any(result, figure).better().name()))
                .collect(Collectors.joining(", "));
    }

    private static Figure any(Result result, String figure) {
        return result.median(result.contenders().getFirst(), figure);
    }

    private static String contenders(Result result, String figure) {
        return result.contenders().stream()
                .map(contender -> text(contender) + ": " + values(result.values(contender, figure)))
                .collect(Collectors.joining(", "));
    }

    private static String values(double[] values) {
        return Arrays.stream(values)
                .mapToObj(value -> Double.isFinite(value) ? Double.toString(value) : "null")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
