package dev.tidegate.tds.token;

/** The bytes that tokens begin with ([MS-TDS] 2.2.7). */
final class TokenType {
    static final int OFFSET = 0x78;
    static final int RETURNSTATUS = 0x79;
    static final int COLMETADATA = 0x81;
    static final int ALTMETADATA = 0x88;
    static final int DATACLASSIFICATION = 0xA3;
    static final int TABNAME = 0xA4;
    static final int COLINFO = 0xA5;
    static final int ORDER = 0xA9;
    static final int ERROR = 0xAA;
    static final int INFO = 0xAB;
    static final int RETURNVALUE = 0xAC;
    static final int LOGINACK = 0xAD;
    static final int FEATUREEXTACK = 0xAE;
    static final int ROW = 0xD1;
    static final int NBCROW = 0xD2;
    static final int ALTROW = 0xD3;
    static final int ENVCHANGE = 0xE3;
    static final int SESSIONSTATE = 0xE4;
    static final int SSPI = 0xED;
    static final int FEDAUTHINFO = 0xEE;
    static final int DONE = 0xFD;
    static final int DONEPROC = 0xFE;
    static final int DONEINPROC = 0xFF;

    private TokenType() {}
}
