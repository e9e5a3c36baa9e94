package dev.tidegate.jdbc;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;

/** A Clob of the present row: see {@link RowLob}. What is written to it stays in memory and changes no table. */
final class RowClob extends RowLob<Reader, MemoryClob> implements NClob {
    RowClob(TidegateResultSet result, int column) {
        super(result, column);
    }

    @Override
    Reader stream(TidegateResultSet of, int at) throws SQLException {
        return of.getCharacterStream(at);
    }

    @Override
    MemoryClob load(TidegateResultSet of, int at) throws SQLException {
        return new MemoryClob(of.getString(at));
    }

    @Override
    Reader streamOf(MemoryClob value) throws SQLException {
        return value.getCharacterStream();
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return fromBeginning();
    }

    @Override
    public InputStream getAsciiStream() throws SQLException {
        return new AsciiStream(fromBeginning());
    }

    @Override
    public long length() throws SQLException {
        return inMemory().length();
    }

    @Override
    public String getSubString(long position, int length) throws SQLException {
        return inMemory().getSubString(position, length);
    }

    @Override
    public Reader getCharacterStream(long position, long length) throws SQLException {
        return inMemory().getCharacterStream(position, length);
    }

    @Override
    public long position(String pattern, long start) throws SQLException {
        return inMemory().position(pattern, start);
    }

    @Override
    public long position(Clob pattern, long start) throws SQLException {
        return inMemory().position(pattern, start);
    }

    @Override
    public int setString(long position, String text) throws SQLException {
        return inMemory().setString(position, text);
    }

    @Override
    public int setString(long position, String text, int offset, int length) throws SQLException {
        return inMemory().setString(position, text, offset, length);
    }

    @Override
    public OutputStream setAsciiStream(long position) throws SQLException {
        return inMemory().setAsciiStream(position);
    }

    @Override
    public Writer setCharacterStream(long position) throws SQLException {
        return inMemory().setCharacterStream(position);
    }

    @Override
    public void truncate(long length) throws SQLException {
        inMemory().truncate(length);
    }

    @Override
    public void free() {
        release();
    }
}
