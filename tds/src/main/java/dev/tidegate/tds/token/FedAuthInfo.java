package dev.tidegate.tds.token;

/** FEDAUTHINFO ([MS-TDS] 2.2.7.12): where to get a token, and for what. Either may be null if the server left it out. */
public record FedAuthInfo(String stsUrl, String servicePrincipalName) implements Token {}
