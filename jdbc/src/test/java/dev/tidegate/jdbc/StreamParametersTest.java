package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams as parameters, and what becomes of the request when one fails on the way; long values back as Blobs and Clobs. */
@Timeout(120)
class StreamParametersTest extends OnEmbeddedServer {
    private static final String INSERT = "INSERT INTO long_values (id, b, t) VALUES (?, ?, ?)";

    @BeforeEach
    void table() throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.execute("DROP TABLE IF EXISTS long_values");
            statement.execute(
                    "CREATE TABLE long_values (id int PRIMARY KEY, b varbinary(max) NULL, t nvarchar(max) NULL)");
        }
    }

    @Test
    void aStreamIsReadWhenTheStatementRunsAndNotBefore() throws SQLException {
        AtomicLong read = new AtomicLong();
        try (PreparedStatement insert = connection().prepareStatement(INSERT)) {
            insert.setInt(1, 1);
            insert.setBinaryStream(2, counted(new ByteArrayInputStream(new byte[100_000]), read), 100_000);
            insert.setCharacterStream(3, new StringReader("é".repeat(100_000)));
            assertThat(read).hasValue(0);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(read).hasValue(100_000);
        }
        assertStored(1, 100_000, 100_000);
    }

    @Test
    void aStreamThatFailsTakesTheRequestBackAndTheConnectionGoesOn() throws SQLException {
        for (int good : new int[] {0, 10, 200_000}) {
            InputStream failing = new InputStream() {
                private int left = good;

                @Override
                public int read() throws IOException {
                    if (left-- <= 0) {
                        throw new IOException("the disk is gone");
                    }
                    return 1;
                }
            };
            assertRefused(failing, -1, "the disk is gone", "HY000");
        }
    }

    @Test
    void textThatIsNoAsciiIsNotReplaced() throws SQLException {
        byte[] latin = "Grüße".getBytes(StandardCharsets.ISO_8859_1);
        try (PreparedStatement insert = connection().prepareStatement(INSERT)) {
            insert.setInt(1, 1);
            insert.setNull(2, Types.VARBINARY);
            insert.setAsciiStream(3, new ByteArrayInputStream(latin));
            assertThatThrownBy(insert::executeUpdate)
                    .isInstanceOf(SQLDataException.class)
                    .hasMessageContaining("no ASCII character");
            insert.setAsciiStream(3, new ByteArrayInputStream("Gruss".getBytes(StandardCharsets.US_ASCII)));
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        Clob clob = connection().createClob();
        assertThatThrownBy(() -> clob.setAsciiStream(1).write(latin)).hasMessageContaining("0xfc is no ASCII");
    }

    @Test
    void aStreamOfAnotherLengthThanAnnouncedTakesTheRequestBack() throws SQLException {
        assertRefused(new ByteArrayInputStream(new byte[99]), 100, "100 bytes and ended after 99", "22026");
        assertRefused(new ByteArrayInputStream(new byte[101]), 100, "100 bytes and has more", "22026");
        assertRefused(new ByteArrayInputStream(new byte[299_999]), 300_000, "ended after 299999", "22026");
        assertRefused(new ByteArrayInputStream(new byte[300_001]), 300_000, "300000 bytes and has more", "22026");
    }

    @Test
    void aReaderOfAnotherLengthThanAnnouncedTakesTheRequestBack() throws SQLException {
        try (PreparedStatement insert = connection().prepareStatement(INSERT)) {
            insert.setInt(1, 1);
            insert.setBytes(2, null);
            insert.setCharacterStream(3, new StringReader("abc"), 4);
            assertThatThrownBy(insert::executeUpdate).hasMessageContaining("4 characters and ended after 3");
            insert.setClob(3, new StringReader("abc"), 3);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        assertStored(1, -1, 3);
    }

    @Test
    void aStreamThatWasSentHasNothingForASecondExecution() throws SQLException {
        try (PreparedStatement insert = connection().prepareStatement(INSERT)) {
            insert.setInt(1, 1);
            insert.setBlob(2, new ByteArrayInputStream(new byte[10]));
            insert.setString(3, null);
            insert.executeUpdate();
            insert.setInt(1, 2);
            assertThatThrownBy(insert::executeUpdate).hasMessageContaining("set the parameter again");
            insert.setBlob(2, new ByteArrayInputStream(new byte[20]));
            insert.executeUpdate();
        }
        assertStored(2, 20, -1);
    }

    @Test
    void streamsGoInBatchesToo() throws SQLException {
        try (PreparedStatement insert = connection().prepareStatement(INSERT)) {
            for (int id = 1; id <= 5; id++) {
                insert.setInt(1, id);
                insert.setBinaryStream(2, new ByteArrayInputStream(new byte[id * 10_000]));
                insert.setNCharacterStream(3, new StringReader("x".repeat(id)), id);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1, 1, 1);
        }
        assertStored(5, 50_000, 5);
    }

    @Test
    void aBlobOfOneConnectionStreamsIntoAnother() throws SQLException {
        insertOne(300_000);
        try (Connection second = connect("");
                Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT b, t FROM long_values");
                PreparedStatement insert = second.prepareStatement(INSERT)) {
            assertThat(result.next()).isTrue();
            Blob bytes = result.getBlob(1);
            insert.setInt(1, 2);
            insert.setBlob(2, bytes);
            insert.setString(3, null);
            insert.executeUpdate();
            Clob text = result.getClob(2);
            insert.setInt(1, 3);
            insert.setNull(2, java.sql.Types.VARBINARY);
            insert.setClob(3, text);
            insert.executeUpdate();
            assertThatThrownBy(bytes::length).hasMessageContaining("was streamed");
        }
        assertStored(2, 300_000, -1);
        assertStored(3, -1, 300_000);
    }

    @Test
    void aBlobOfTheSameConnectionIsTakenFromTheLineFirst() throws SQLException {
        insertOne(50_000);
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT b FROM long_values");
                PreparedStatement insert = connection().prepareStatement(INSERT)) {
            assertThat(result.next()).isTrue();
            insert.setInt(1, 2);
            insert.setBlob(2, result.getBlob(1));
            insert.setString(3, null);
            insert.executeUpdate();
        }
        assertStored(2, 50_000, -1);
    }

    @Test
    void aBlobThatWasNotReadOutlivesItsRow() throws SQLException, IOException {
        insertOne(40_000);
        Blob bytes;
        Clob text;
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT b, t FROM long_values")) {
            assertThat(result.next()).isTrue();
            bytes = result.getBlob(1);
            text = result.getClob(2);
            assertThat(result.next()).isFalse();
        }
        assertThat(bytes.length()).isEqualTo(40_000);
        assertThat(bytes.getBinaryStream().readAllBytes()).hasSize(40_000);
        assertThat(text.getSubString(1, 3)).isEqualTo("üüü");
        bytes.free();
        assertThatThrownBy(bytes::length).hasMessageContaining("Blob is closed");
    }

    private void insertOne(int length) throws SQLException {
        try (PreparedStatement insert = connection().prepareStatement(INSERT)) {
            insert.setInt(1, 1);
            insert.setBytes(2, new byte[length]);
            insert.setString(3, "ü".repeat(length));
            insert.executeUpdate();
        }
    }

    private void assertRefused(InputStream stream, long length, String message, String state) throws SQLException {
        try (PreparedStatement insert = connection().prepareStatement(INSERT)) {
            insert.setInt(1, 1);
            if (length < 0) {
                insert.setBinaryStream(2, stream);
            } else {
                insert.setBinaryStream(2, stream, length);
            }
            insert.setString(3, null);
            assertThatThrownBy(insert::executeUpdate)
                    .hasMessageContaining(message)
                    .hasMessageContaining("nothing was run")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo(state));
        }
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM long_values")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isZero();
        }
    }

    private void assertStored(int id, int bytes, int characters) throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT b, t FROM long_values WHERE id = " + id)) {
            assertThat(result.next()).isTrue();
            byte[] value = result.getBytes(1);
            String text = result.getString(2);
            assertThat(value == null ? -1 : value.length).isEqualTo(bytes);
            assertThat(text == null ? -1 : text.length()).isEqualTo(characters);
        }
    }

    private static InputStream counted(InputStream in, AtomicLong count) {
        return new java.io.FilterInputStream(in) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int got = super.read(target, offset, length);
                count.addAndGet(Math.max(got, 0));
                return got;
            }
        };
    }
}
