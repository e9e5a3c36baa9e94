package dev.tidegate.bench.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.bench.frame.Contender.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What {@code tidegate bench … --json FILE} has written. */
final class Measurements {
    private Measurements() {}

    /**
     * @return by workload, in the order of the files, the comparisons of all of them; one that was measured again is that of the last file, in
     *     its first place
     * @throws IllegalArgumentException naming a file and what is wrong with it
     */
    static Map<String, List<BarGroup>> read(List<Path> files) {
        Map<String, Map<String, BarGroup>> merged = new LinkedHashMap<>();
        for (Path file : files) {
            read(file).forEach((workload, groups) -> groups.forEach(group -> merged.computeIfAbsent(workload, w -> new LinkedHashMap<>())
                    .put(group.label(), group)));
        }
        Map<String, List<BarGroup>> byWorkload = new LinkedHashMap<>();
        merged.forEach((workload, groups) -> byWorkload.put(workload, List.copyOf(groups.values())));
        return byWorkload;
    }

    /**
     * @return by workload, in the order of the file, its comparisons that have a value for each contender
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    private static Map<String, List<BarGroup>> read(Path file) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
        Map<String, List<BarGroup>> byWorkload = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> workload : root.path("workloads").properties()) {
            List<BarGroup> groups = new ArrayList<>();
            for (JsonNode comparison : workload.getValue()) {
                groups.add(group(comparison, file));
            }
            byWorkload.put(workload.getKey(), groups);
        }
        if (byWorkload.isEmpty()) {
            throw new IllegalArgumentException(file + " has no workloads: it is not what 'tidegate bench … --json' writes");
        }
        return byWorkload;
    }

    private static BarGroup group(JsonNode comparison, Path file) {
        String label = comparison.path("label").asText();
        if (comparison.path("figures").isEmpty() || comparison.path("roles").isEmpty()) {
            throw new IllegalArgumentException(file + ": '" + label + "' has no figures or no roles: measure it again");
        }
        Map.Entry<String, JsonNode> figure = comparison.path("figures").properties().iterator().next();
        List<BarGroup.Bar> bars = new ArrayList<>();
        for (Map.Entry<String, JsonNode> contender : figure.getValue().properties()) {
            Role role = Role.valueOf(comparison.path("roles").path(contender.getKey()).asText());
            bars.add(new BarGroup.Bar(contender.getKey(), role, median(contender.getValue())));
        }
        return new BarGroup(
                label + ": " + figure.getKey(),
                comparison.path("units").path(figure.getKey()).asText(),
                comparison.path("better").path(figure.getKey()).asText().equals("HIGHER"),
                bars);
    }

    private static double median(JsonNode values) {
        double[] sorted = StreamSupport.stream(values.spliterator(), false)
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        if (sorted.length == 0) {
            return 0;
        }
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
