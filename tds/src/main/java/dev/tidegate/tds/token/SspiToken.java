package dev.tidegate.tds.token;

/** SSPI ([MS-TDS] 2.2.7.22): the server's part of an integrated login. */
public record SspiToken(byte[] data) implements Token {}
