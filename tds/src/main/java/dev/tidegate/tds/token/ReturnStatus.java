package dev.tidegate.tds.token;

/** RETURNSTATUS ([MS-TDS] 2.2.7.18): what a procedure returned. */
public record ReturnStatus(int value) implements Token {}
