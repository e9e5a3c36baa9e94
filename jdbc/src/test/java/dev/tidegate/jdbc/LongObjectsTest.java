package dev.tidegate.jdbc;

import static dev.tidegate.jdbc.RehearsedBackend.column;
import static dev.tidegate.jdbc.RehearsedBackend.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.List;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.Test;

class LongObjectsTest extends OnScriptedServer {
    private static final int LENGTH = 1_000_000;
    private static final List<Column> COLUMNS = List.of(
            column("b", TypeInfo.varbinary(TypeInfo.PLP)),
            column("n", TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT)),
            column("v", TypeInfo.varchar(TypeInfo.PLP, Collation.DEFAULT)),
            column("i", TypeInfo.integer()));

    private ResultSet open(Statement statement) throws SQLException {
        byte[] bytes = new byte[LENGTH];
        java.util.Arrays.fill(bytes, (byte) 7);
        Object[] row = {bytes, "ü".repeat(LENGTH), "é".repeat(LENGTH), 5};
        script().on("select long", rows(COLUMNS, row, row, new Object[] {null, null, null, null}));
        ResultSet result = statement.executeQuery("select long");
        assertThat(result.next()).isTrue();
        return result;
    }

    @Test
    void valuesStreamInOrderAndColumnsBehindThemCanBeRead() throws SQLException, IOException {
        try (Statement statement = connection().createStatement();
                ResultSet result = open(statement)) {
            try (InputStream bytes = result.getBinaryStream("b")) {
                assertThat(bytes.readNBytes(LENGTH + 1)).hasSize(LENGTH).containsOnly(7);
            }
            try (Reader text = result.getCharacterStream("n")) {
                long count = 0;
                for (int c = text.read(); c >= 0; c = text.read()) {
                    assertThat((char) c).isEqualTo('ü');
                    count++;
                }
                assertThat(count).isEqualTo(LENGTH);
            }
            assertThat(result.getString("v")).hasSize(LENGTH).startsWith("éé");
            assertThat(result.getInt("i")).isEqualTo(5);
            assertThat(result.next()).isTrue();
            assertThat(result.getInt("i")).isEqualTo(5);
            assertThat(result.getBytes("b")).hasSize(LENGTH);
            assertThat(result.getBytes("b")).hasSize(LENGTH);
            assertThat(result.next()).isTrue();
            assertThat(result.getBinaryStream("b")).isNull();
            assertThat(result.wasNull()).isTrue();
            assertThat(result.getCharacterStream("n")).isNull();
            assertThat(result.getBlob("b")).isNull();
            assertThat(result.getClob("v")).isNull();
        }
    }

    @Test
    void aStreamEndsWithItsRow() throws SQLException, IOException {
        try (Statement statement = connection().createStatement();
                ResultSet result = open(statement)) {
            InputStream bytes = result.getBinaryStream("b");
            assertThat(bytes.read()).isEqualTo(7);
            assertThat(result.next()).isTrue();
            assertThatThrownBy(bytes::read).isInstanceOf(IOException.class).hasMessageContaining("row");
            assertThat(result.getInt("i")).isEqualTo(5);
        }
    }

    @Test
    void anotherStatementEndsAnOpenStreamButNotTheResult() throws SQLException, IOException {
        script().on("other", rows(NUMBER, new Object[] {1}));
        try (Statement statement = connection().createStatement();
                Statement other = connection().createStatement();
                ResultSet result = open(statement)) {
            InputStream bytes = result.getBinaryStream("b");
            assertThat(bytes.read()).isEqualTo(7);
            assertThat(other.executeQuery("other").next()).isTrue();
            assertThatThrownBy(bytes::read).isInstanceOf(IOException.class);
            assertThat(result.getString("n")).hasSize(LENGTH);
            assertThat(result.next()).isTrue();
            assertThat(result.getBytes("b")).hasSize(LENGTH);
        }
    }

    @Test
    void blobs() throws SQLException, IOException {
        Blob blob = connection().createBlob();
        assertThat(blob.setBytes(1, new byte[] {1, 2, 3, 4})).isEqualTo(4);
        assertThat(blob.getBytes(2, 10)).containsExactly(2, 3, 4);
        assertThat(blob.position(new byte[] {3, 4}, 1)).isEqualTo(3);
        assertThat(blob.position(new byte[] {9}, 1)).isEqualTo(-1);
        try (OutputStream out = blob.setBinaryStream(5)) {
            out.write(new byte[] {5, 6});
        }
        assertThat(blob.getBinaryStream(4, 3).readAllBytes()).containsExactly(4, 5, 6);
        blob.truncate(2);
        assertThat(blob.length()).isEqualTo(2);
        assertThatThrownBy(() -> blob.getBytes(0, 1)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> blob.truncate(3)).isInstanceOf(SQLException.class);
        blob.free();
        assertThatThrownBy(blob::length).hasMessageContaining("Blob is closed");
    }

    @Test
    void clobs() throws SQLException, IOException {
        Clob clob = connection().createClob();
        assertThat(clob.setString(1, "hello")).isEqualTo(5);
        assertThat(clob.setString(4, "p!")).isEqualTo(2);
        assertThat(clob.getSubString(1, 99)).isEqualTo("help!");
        assertThat(clob.position("p", 1)).isEqualTo(4);
        try (Writer writer = clob.setCharacterStream(6)) {
            writer.write(" ü");
        }
        assertThat(clob.getSubString(6, 2)).isEqualTo(" ü");
        assertThat(clob.getAsciiStream().readAllBytes()).isEqualTo("help! ?".getBytes(StandardCharsets.US_ASCII));
        clob.truncate(1);
        assertThat(clob.length()).isEqualTo(1);
        clob.free();
        assertThatThrownBy(clob::length).hasMessageContaining("Clob is closed");
    }

    @Test
    void xml() throws SQLException, IOException {
        SQLXML xml = connection().createSQLXML();
        assertThatThrownBy(xml::getString).hasMessageContaining("no content");
        try (Writer writer = xml.setCharacterStream()) {
            writer.write("<a>ü</a>");
        }
        assertThat(xml.getString()).isEqualTo("<a>ü</a>");
        assertThat(new String(xml.getBinaryStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("<a>ü</a>");
        assertThat(xml.getSource(StreamSource.class).getReader()).isNotNull();
        assertThatThrownBy(() -> xml.setString("<b/>")).isInstanceOf(SQLException.class);
        xml.free();
        assertThatThrownBy(xml::getString).hasMessageContaining("closed");
    }
}
