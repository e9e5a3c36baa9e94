package dev.tidegate.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLXML;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;

/**
 * An XML document as text: read through a string, streams or a {@link StreamSource}, written through a string, streams or a {@link
 * StreamResult}. Nothing is parsed here, so no entity is ever resolved. Not thread-safe.
 */
final class MemoryXml implements SQLXML {
    private String text;
    private ByteArrayOutputStream bytes;
    private StringWriter chars;
    private boolean freed;

    /** @param text null for a document that is yet to be written */
    MemoryXml(String text) {
        this.text = text;
    }

    @Override
    public String getString() throws SQLException {
        requireLive();
        if (chars != null) {
            return chars.toString();
        }
        if (bytes != null) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
        if (text == null) {
            throw Failures.sequence("the SQLXML has no content yet: set it first");
        }
        return text;
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return new StringReader(getString());
    }

    /** In UTF-8. */
    @Override
    public InputStream getBinaryStream() throws SQLException {
        return new ByteArrayInputStream(getString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public <T extends Source> T getSource(Class<T> type) throws SQLException {
        if (type == null || type.isAssignableFrom(StreamSource.class)) {
            @SuppressWarnings("unchecked")
            T source = (T) new StreamSource(getCharacterStream());
            return source;
        }
        throw Failures.unsupported("SQLXML gives a StreamSource, not a " + type.getName() + ": parse that one");
    }

    @Override
    public void setString(String value) throws SQLException {
        requireUnset();
        text = value;
    }

    /** In UTF-8. */
    @Override
    public OutputStream setBinaryStream() throws SQLException {
        requireUnset();
        bytes = new ByteArrayOutputStream();
        return bytes;
    }

    @Override
    public Writer setCharacterStream() throws SQLException {
        requireUnset();
        chars = new StringWriter();
        return chars;
    }

    @Override
    public <T extends Result> T setResult(Class<T> type) throws SQLException {
        if (type == null || type.isAssignableFrom(StreamResult.class)) {
            @SuppressWarnings("unchecked")
            T result = (T) new StreamResult(setCharacterStream());
            return result;
        }
        throw Failures.unsupported("SQLXML takes a StreamResult, not a " + type.getName());
    }

    @Override
    public void free() {
        freed = true;
        text = null;
        bytes = null;
        chars = null;
    }

    private void requireLive() throws SQLException {
        if (freed) {
            throw Failures.closed("SQLXML");
        }
    }

    private void requireUnset() throws SQLException {
        requireLive();
        if (text != null || bytes != null || chars != null) {
            throw Failures.sequence("the SQLXML has its content already; make a new one");
        }
    }
}
