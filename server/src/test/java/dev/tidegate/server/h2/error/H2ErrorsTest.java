package dev.tidegate.server.h2.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.error.ErrorEffect;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.error.ServerError;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each error is really provoked on H2. */
class H2ErrorsTest {
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
        run("CREATE SCHEMA dbo");
        run("SET SCHEMA dbo");
        run("CREATE TABLE dbo.p (id INT NOT NULL CONSTRAINT PK_p PRIMARY KEY, code VARCHAR(5) CONSTRAINT UQ_code"
                + " UNIQUE, n INT CONSTRAINT CK_n CHECK (n > 0), m INT, d NUMERIC(5, 2), CONSTRAINT CK_two CHECK"
                + " (m < n))");
        run("CREATE TABLE dbo.c (p INT CONSTRAINT FK_c REFERENCES dbo.p(id), a VARCHAR(9), b INT, t TIMESTAMP(3),"
                + " g UUID, bin VARBINARY(2))");
        run("CREATE UNIQUE INDEX ix_ab ON dbo.c(a, b)");
        run("INSERT INTO dbo.p(id, code) VALUES (1, 'one')");
        run("INSERT INTO dbo.c(p, a, b) VALUES (1, 'it''s', NULL)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INSERT INTO dbo.p(id) VALUES (1) | INSERT | p | 2627 | 14 | Violation of PRIMARY KEY constraint"
                        + " 'PK_p'. Cannot insert duplicate key in object 'dbo.p'. The duplicate key value is (1).",
                "INSERT INTO dbo.p(id, code) VALUES (2, 'one') | INSERT | p | 2627 | 14 | Violation of UNIQUE KEY"
                    + " constraint 'UQ_code'. Cannot insert duplicate key in object 'dbo.p'. The duplicate key value"
                    + " is (one).",
                "INSERT INTO dbo.c(a, b) VALUES ('it''s', NULL) | INSERT | c | 2601 | 14 | Cannot insert duplicate key"
                    + " row in object 'dbo.c' with unique index 'ix_ab'. The duplicate key value is (it's, <NULL>).",
                "INSERT INTO dbo.p(id, n) VALUES (2, -1) | INSERT | p | 547 | 16 | The INSERT statement conflicted"
                        + " with the CHECK constraint \"CK_n\". The conflict occurred in database \"demo\", table"
                        + " \"dbo.p\", column 'n'.",
                "UPDATE dbo.p SET m = 9, n = 5 | UPDATE | p | 547 | 16 | The UPDATE statement conflicted with the"
                        + " CHECK constraint \"CK_two\". The conflict occurred in database \"demo\", table \"dbo.p\".",
                "INSERT INTO dbo.c(p) VALUES (7) | INSERT | c | 547 | 16 | The INSERT statement conflicted with the"
                    + " FOREIGN KEY constraint \"FK_c\". The conflict occurred in database \"demo\", table \"dbo.p\","
                    + " column 'id'.",
                "DELETE FROM dbo.p | DELETE | p | 547 | 16 | The DELETE statement conflicted with the REFERENCE"
                    + " constraint \"FK_c\". The conflict occurred in database \"demo\", table \"dbo.c\", column 'p'.",
                "INSERT INTO dbo.p(id) VALUES (NULL) | INSERT | p | 515 | 16 | Cannot insert the value NULL into"
                        + " column 'id', table 'demo.dbo.p'; column does not allow nulls. INSERT fails.",
                "UPDATE dbo.p SET id = NULL | UPDATE | p | 515 | 16 | Cannot insert the value NULL into column 'id',"
                        + " table 'demo.dbo.p'; column does not allow nulls. UPDATE fails.",
                "INSERT INTO dbo.p(id, code) VALUES (2, 'much too long') | INSERT | p | 2628 | 16 | String or binary"
                        + " data would be truncated in table 'demo.dbo.p', column 'code'. Truncated value: 'much '.",
                "INSERT INTO dbo.c(bin) VALUES (X'010203') | INSERT | c | 2628 | 16 | String or binary data would be"
                        + " truncated in table 'demo.dbo.c', column 'bin'. Truncated value: ''.",
                "INSERT INTO dbo.p(id, d) VALUES (2, 12345.6) | INSERT | p | 8115 | 16 | Arithmetic overflow error"
                        + " converting numeric to data type numeric.",
                "SELECT 2147483647 + 1 | SELECT | | 8115 | 16 | Arithmetic overflow error converting expression to"
                        + " data type int.",
                "SELECT 1 / (n - n) FROM (VALUES (1)) v(n) | SELECT | | 8134 | 16 | Divide by zero error encountered.",
                "SELECT CAST('abc' AS INT) | SELECT | | 245 | 16 | Conversion failed when converting the varchar value"
                        + " 'abc' to data type int.",
                "SELECT CAST('99999999999' AS INT) | SELECT | | 248 | 16 | The conversion of the varchar value"
                        + " '99999999999' overflowed an int column.",
                "INSERT INTO dbo.c(t) VALUES ('yesterday') | INSERT | c | 241 | 16 | Conversion failed when converting"
                        + " date and/or time from character string.",
                "INSERT INTO dbo.c(g) VALUES ('nonsense') | INSERT | c | 8169 | 16 | Conversion failed when converting"
                        + " from a character string to uniqueidentifier.",
                "INSERT INTO dbo.p(id, d) VALUES (2, 'x') | INSERT | p | 8114 | 16 | Error converting data type"
                        + " varchar to numeric.",
                "SELECT nope FROM dbo.p | SELECT | | 207 | 16 | Invalid column name 'nope'.",
                "SELECT q.id FROM dbo.p | SELECT | | 4104 | 16 | The multi-part identifier \"q.id\" could not be"
                        + " bound.",
                "SELECT * FROM nope | SELECT | | 208 | 16 | Invalid object name 'nope'.",
                "SELECT * FROM dbo.nope | SELECT | nope | 208 | 16 | Invalid object name 'dbo.nope'.",
                "SELECT a.id FROM dbo.p a, dbo.p b WHERE id = 1 | SELECT | | 209 | 16 | Ambiguous column name 'id'.",
                "CREATE TABLE dbo.p (i INT) | CREATE TABLE | p | 2714 | 16 | There is already an object named 'p' in"
                        + " the database.",
                "CREATE TABLE dbo.z (i INT, I INT) | CREATE TABLE | z | 2705 | 16 | Column names in each table must be"
                        + " unique. Column name 'I' in table 'z' is specified more than once.",
                "CREATE TABLE nowhere.z (i INT) | CREATE TABLE | | 2760 | 16 | The specified schema name \"nowhere\""
                        + " either does not exist or you do not have permission to use it.",
                "CREATE TABLE dbo.z (i INT REFERENCES dbo.p(n)) | CREATE TABLE | z | 1776 | 16 | There are no primary"
                        + " or candidate keys in the referenced table 'dbo.z' that match the referencing column list in"
                        + " the foreign key 'FK_z'.",
                "DROP TABLE nope | DROP TABLE | nope | 3701 | 11 | Cannot drop the table 'dbo.nope', because it does"
                        + " not exist or you do not have permission.",
                "DROP TABLE dbo.p | DROP TABLE | p | 3726 | 16 | Could not drop object 'dbo.p' because it is"
                        + " referenced by a FOREIGN KEY constraint.",
                "TRUNCATE TABLE dbo.p | TRUNCATE TABLE | p | 4712 | 16 | Cannot truncate table 'dbo.p' because it is"
                        + " being referenced by a FOREIGN KEY constraint.",
                "DROP INDEX nope | DROP INDEX | c | 3701 | 11 | Cannot drop the index 'c.nope', because it does not"
                        + " exist or you do not have permission.",
                "CREATE INDEX ix_ab ON dbo.c(b) | CREATE INDEX | c | 1913 | 16 | The operation failed because an index"
                        + " or statistics with name 'ix_ab' already exists on table 'dbo.c'.",
                "CREATE INDEX ix_no ON dbo.c(no) | CREATE INDEX | c | 1911 | 16 | Column name 'no' does not exist in"
                        + " the target table or view.",
                "ALTER TABLE dbo.p DROP CONSTRAINT nope | ALTER TABLE | p | 3728 | 16 | 'nope' is not a constraint.",
                "ALTER TABLE dbo.p DROP COLUMN nope | ALTER TABLE DROP COLUMN | p | 4924 | 16 | ALTER TABLE DROP"
                        + " COLUMN failed because column 'nope' does not exist in table 'p'.",
                "ALTER TABLE dbo.p ADD k INT NOT NULL | ALTER TABLE | p | 4901 | 16 | *Column 'k' cannot be added to"
                        + " non-empty table 'p'",
                "ALTER TABLE dbo.nope ADD k INT | ALTER TABLE | nope | 4902 | 16 | Cannot find the object \"dbo.nope\""
                        + " because it does not exist or you do not have permissions.",
                "ALTER TABLE dbo.p ADD CONSTRAINT pk2 PRIMARY KEY (id) | ALTER TABLE | p | 1779 | 16 | Table 'p'"
                        + " already has a primary key defined on it.",
                "SELECT nope(1) | SELECT | | 195 | 15 | 'nope' is not a recognized built-in function name.",
                "SELECT 1 UNION SELECT 1, 2 | SELECT | | 205 | 16 | *equal number of expressions",
                "INSERT INTO dbo.p VALUES (1) | INSERT | p | 213 | 16 | Column name or number of supplied values does"
                        + " not match table definition.",
                "INSERT INTO dbo.p(id, id) VALUES (1, 2) | INSERT | p | 264 | 16 | *The column name 'id' is specified"
                        + " more than once",
                "SELECT (SELECT id FROM (VALUES (1), (2)) v(id)) | SELECT | | 512 | 16 | *Subquery returned more than"
                        + " 1 value.",
                "SELECT a, COUNT(*) FROM (VALUES (1, 1), (2, 1)) v(a, b) GROUP BY b | SELECT | | 8120 | 16 | *is"
                        + " invalid in the select list",
                "SELECT id FROM dbo.p WHERE SUM(n) > 1 | SELECT | | 147 | 15 | *An aggregate may not appear in the"
                        + " WHERE clause",
                "SELECT CAST(1 AS nonsense) | SELECT | | 243 | 16 | Type nonsense is not a defined system type.",
                "SELECT 1 FROM dbo.p wher id = 1 | SELECT | | 102 | 15 | Incorrect syntax near 'id'.",
                "SELECT id FROM WHERE id = 1 | SELECT | | 156 | 15 | Incorrect syntax near the keyword 'WHERE'.",
                "DROP SCHEMA nope | DROP SCHEMA | | 15151 | 16 | Cannot drop the schema 'nope', because it does not"
                        + " exist or you do not have permission."
            })
    void becomesSqlServersOwn(String sql, String verb, String table, int number, int severity, String text) {
        ServerError error = provoke(sql, verb, table == null ? "" : table);
        assertThat(error.text()).satisfies(actual -> {
            if (text.startsWith("*")) {
                assertThat(actual).contains(text.substring(1));
            } else {
                assertThat(actual).isEqualTo(text);
            }
        });
        assertThat(error.number()).isEqualTo(number);
        assertThat(error.severity()).isEqualTo(severity);
    }

    private ServerError provoke(String sql, String verb, String table) {
        try {
            run(sql);
        } catch (SQLException e) {
            return H2Errors.map(
                    e, new FailedStatement(connection, "demo", verb, table.isEmpty() ? "" : "dbo", table, 57));
        }
        throw new AssertionError("ran without an error: " + sql);
    }

    @Test
    void aLockThatIsNotReleasedInTimeIs1222() throws SQLException {
        try (Connection other =
                DriverManager.getConnection(connection.getMetaData().getURL())) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("UPDATE dbo.p SET code = 'two'");
                run("SET LOCK_TIMEOUT 1");
                assertThat(provoke("UPDATE dbo.p SET code = 'six'", "UPDATE", "p")
                                .number())
                        .isEqualTo(1222);
            }
            other.rollback();
        }
    }

    @Test
    void parametersAreFoundInTranslatedMessagesToo() {
        assertThat(H2Message.of("Spalte \"a \"\"b\"\"\" nicht gefunden\n"
                                + "Column \"a \"\"b\"\"\" not found; SQL statement:\n"
                                + "select \"x\" [42122-252]")
                        .parameter(0))
                .isEqualTo("a \"b\"");
        assertThat(H2Message.of("nothing").parameter(0)).isEmpty();
    }

    @Test
    void effectsFollowTheNumber() {
        assertThat(ErrorEffect.of(2627, 14)).isEqualTo(ErrorEffect.STATEMENT);
        assertThat(ErrorEffect.of(208, 16)).isEqualTo(ErrorEffect.BATCH);
        assertThat(ErrorEffect.of(245, 16)).isEqualTo(ErrorEffect.TRANSACTION);
        assertThat(ErrorEffect.of(1205, 13)).isEqualTo(ErrorEffect.TRANSACTION);
        assertThat(ErrorEffect.of(3960, 16)).isEqualTo(ErrorEffect.TRANSACTION);
        assertThat(ErrorEffect.of(50001, 16)).isEqualTo(ErrorEffect.STATEMENT);
        assertThat(ErrorEffect.of(10753, 15)).isEqualTo(ErrorEffect.BATCH);
        assertThat(ErrorEffect.of(40510, 16)).isEqualTo(ErrorEffect.BATCH);
    }

    @Test
    void numbersAreUniqueAndTemplatesFillIn() {
        assertThat(KnownError.values()).extracting(KnownError::number).doesNotHaveDuplicates();
        assertThat(KnownError.INVALID_OBJECT.with("dbo.t").text()).isEqualTo("Invalid object name 'dbo.t'.");
        for (KnownError error : KnownError.values()) {
            assertThat(error.template()).as(error.name()).doesNotContainPattern("%[^s%]");
            assertThat(error.name()).isEqualTo(error.name().toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void quotedTokensAreShownWithoutTheirQuotes() {
        assertThat(SyntaxErrors.near("'abc'").text()).isEqualTo("Incorrect syntax near 'abc'.");
        assertThat(SyntaxErrors.near("'abc").number()).isEqualTo(105);
        assertThat(SyntaxErrors.near("select").number()).isEqualTo(156);
    }
}
