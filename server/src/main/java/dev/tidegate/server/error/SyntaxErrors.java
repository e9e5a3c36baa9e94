package dev.tidegate.server.error;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors of syntax: 102 near a name, literal or sign, 156 near a reserved word, 105 for a quotation that does not end. */
public final class SyntaxErrors {
    /** Where H2 marks the place of a syntax error in the statement, and the token that follows. */
    private static final Pattern MARKED = Pattern.compile("\\[\\*]\\s*(\\[[^\\]]*]|'[^']*'?|[\\w@#$]+|\\S)?");

    private static final Set<String> RESERVED =
            Set.of(("ADD ALL ALTER AND ANY AS ASC AUTHORIZATION BACKUP BEGIN BETWEEN BREAK BROWSE BULK BY CASCADE CASE"
                + " CHECK CHECKPOINT CLOSE CLUSTERED COALESCE COLLATE COLUMN COMMIT COMPUTE CONSTRAINT CONTAINS"
                + " CONTAINSTABLE CONTINUE CONVERT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP"
                + " CURRENT_USER CURSOR DATABASE DBCC DEALLOCATE DECLARE DEFAULT DELETE DENY DESC DISTINCT DISTRIBUTED"
                + " DOUBLE DROP ELSE END ERRLVL ESCAPE EXCEPT EXEC EXECUTE EXISTS EXIT EXTERNAL FETCH FILE FILLFACTOR"
                + " FOR FOREIGN FREETEXT FREETEXTTABLE FROM FULL FUNCTION GOTO GRANT GROUP HAVING HOLDLOCK IDENTITY"
                + " IDENTITY_INSERT IDENTITYCOL IF IN INDEX INNER INSERT INTERSECT INTO IS JOIN KEY KILL LEFT LIKE"
                + " LINENO MERGE NATIONAL NOCHECK NONCLUSTERED NOT NULL NULLIF OF OFF OFFSETS ON OPEN OPENQUERY"
                + " OPENROWSET OPENXML OPTION OR ORDER OUTER OVER PERCENT PIVOT PLAN PRIMARY PRINT PROC PROCEDURE"
                + " PUBLIC RAISERROR READ READTEXT RECONFIGURE REFERENCES REPLICATION RESTORE RESTRICT RETURN REVERT"
                + " REVOKE RIGHT ROLLBACK ROWCOUNT ROWGUIDCOL RULE SAVE SCHEMA SELECT SESSION_USER SET SETUSER"
                + " SHUTDOWN SOME STATISTICS SYSTEM_USER TABLE TABLESAMPLE TEXTSIZE THEN TO TOP TRAN TRANSACTION"
                + " TRIGGER TRUNCATE TRY_CONVERT UNION UNIQUE UNPIVOT UPDATE UPDATETEXT USE USER VALUES VARYING VIEW"
                + " WAITFOR WHEN WHERE WHILE WITH WRITETEXT")
                    .split(" "));

    private SyntaxErrors() {}

    /**
     * The error for a token that does not belong where it stands.
     *
     * @param token as written; a quoted one may keep its quotes
     */
    public static ServerError near(String token) {
        if (isReserved(token)) {
            return KnownError.INCORRECT_SYNTAX_KEYWORD.with(token);
        }
        if (token.length() > 1 && (token.charAt(0) == '\'' || token.charAt(0) == '[' || token.charAt(0) == '"')) {
            boolean closed = token.length() > 1 && "'\"]".indexOf(token.charAt(token.length() - 1)) >= 0;
            return closed
                    ? KnownError.INCORRECT_SYNTAX.with(token.substring(1, token.length() - 1))
                    : KnownError.UNCLOSED_QUOTE.with(token.substring(1));
        }
        return KnownError.INCORRECT_SYNTAX.with(token);
    }

    /** Whether T-SQL reserves the word, in any case of letters. */
    public static boolean isReserved(String word) {
        return RESERVED.contains(word.toUpperCase(Locale.ROOT));
    }

    static ServerError ofH2(String markedStatement) {
        Matcher mark = MARKED.matcher(markedStatement);
        if (!mark.find()) {
            return KnownError.INCORRECT_SYNTAX.with("");
        }
        if (mark.group(1) != null) {
            return near(mark.group(1));
        }
        // The statement ends too early: SQL Server names the last token that it read.
        String before = markedStatement.substring(0, mark.start()).strip();
        return near(before.substring(Math.max(before.lastIndexOf(' '), before.lastIndexOf('\n')) + 1));
    }
}
