package dev.tidegate.tds.token;

/** DATACLASSIFICATION ([MS-TDS] 2.2.7.5): labels and sensitivity of the result's columns; kept as bytes, nobody here uses them. */
public record DataClassification(byte[] data) implements Token {}
