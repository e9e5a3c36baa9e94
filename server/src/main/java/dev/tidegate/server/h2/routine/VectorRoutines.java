package dev.tidegate.server.h2.routine;

import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.convert.VectorConversion;
import java.util.Locale;

/** What H2 has to call for vectors, which it keeps as bytes. */
public final class VectorRoutines {
    private VectorRoutines() {}

    /** VECTOR_DISTANCE; the vectors have the same length. */
    public static Double distance(String metric, byte[] one, byte[] other) throws RoutineException {
        if (metric == null || one == null || other == null) {
            return null;
        }
        float[] a = VectorConversion.read(one);
        float[] b = VectorConversion.read(other);
        return switch (metric.strip().toLowerCase(Locale.ROOT)) {
            case "cosine" -> 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
            case "dot" -> -dot(a, b);
            case "euclidean" -> euclidean(a, b);
            default ->
                throw new RoutineException(KnownError.VECTOR_METRIC.exception(metric));
        };
    }

    /** Of the differences: what is left of the squares of two near vectors would be noise, or below zero. */
    private static double euclidean(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
