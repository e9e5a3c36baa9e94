package dev.tidegate.tds.token;

import java.util.Map;

/** FEATUREEXTACK ([MS-TDS] 2.2.7.11): what the server answers to each feature, by feature id, in order. */
public record FeatureExtAck(Map<Integer, byte[]> features) implements Token {}
