package dev.tidegate.jdbc;

import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;

/** A Blob of the present row: see {@link RowLob}. What is written to it stays in memory and changes no table. */
final class RowBlob extends RowLob<InputStream, MemoryBlob> implements Blob {
    RowBlob(TidegateResultSet result, int column) {
        super(result, column);
    }

    @Override
    InputStream stream(TidegateResultSet of, int at) throws SQLException {
        return of.getBinaryStream(at);
    }

    @Override
    MemoryBlob load(TidegateResultSet of, int at) throws SQLException {
        return new MemoryBlob(of.getBytes(at));
    }

    @Override
    InputStream streamOf(MemoryBlob value) throws SQLException {
        return value.getBinaryStream();
    }

    @Override
    public InputStream getBinaryStream() throws SQLException {
        return fromBeginning();
    }

    @Override
    public long length() throws SQLException {
        return inMemory().length();
    }

    @Override
    public byte[] getBytes(long position, int length) throws SQLException {
        return inMemory().getBytes(position, length);
    }

    @Override
    public InputStream getBinaryStream(long position, long length) throws SQLException {
        return inMemory().getBinaryStream(position, length);
    }

    @Override
    public long position(byte[] pattern, long start) throws SQLException {
        return inMemory().position(pattern, start);
    }

    @Override
    public long position(Blob pattern, long start) throws SQLException {
        return inMemory().position(pattern, start);
    }

    @Override
    public int setBytes(long position, byte[] source) throws SQLException {
        return inMemory().setBytes(position, source);
    }

    @Override
    public int setBytes(long position, byte[] source, int offset, int length) throws SQLException {
        return inMemory().setBytes(position, source, offset, length);
    }

    @Override
    public OutputStream setBinaryStream(long position) throws SQLException {
        return inMemory().setBinaryStream(position);
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
