package dev.tidegate.bench.pool;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/** A connection that does nothing and costs nothing: valid, open, in auto-commit. */
final class StubConnection implements Connection {
    @Override public void abort(Executor first) {}
    @Override public void clearWarnings() {}
    @Override public void close() {}
    @Override public void commit() {}
    @Override public Array createArrayOf(String first, Object[] second) { return null; }
    @Override public Blob createBlob() { return null; }
    @Override public Clob createClob() { return null; }
    @Override public NClob createNClob() { return null; }
    @Override public SQLXML createSQLXML() { return null; }
    @Override public Statement createStatement() { return null; }
    @Override public Statement createStatement(int first, int second) { return null; }
    @Override public Statement createStatement(int first, int second, int third) { return null; }
    @Override public Struct createStruct(String first, Object[] second) { return null; }
    @Override public boolean getAutoCommit() { return true; }
    @Override public String getCatalog() { return null; }
    @Override public String getClientInfo(String first) { return null; }
    @Override public Properties getClientInfo() { return null; }
    @Override public int getHoldability() { return 0; }
    @Override public DatabaseMetaData getMetaData() { return null; }
    @Override public int getNetworkTimeout() { return 0; }
    @Override public String getSchema() { return null; }
    @Override public int getTransactionIsolation() { return TRANSACTION_READ_COMMITTED; }
    @Override public Map<String, Class<?>> getTypeMap() { return null; }
    @Override public SQLWarning getWarnings() { return null; }
    @Override public boolean isClosed() { return false; }
    @Override public boolean isReadOnly() { return false; }
    @Override public boolean isValid(int first) { return true; }
    @Override public boolean isWrapperFor(Class<?> first) { return false; }
    @Override public String nativeSQL(String first) { return null; }
    @Override public CallableStatement prepareCall(String first) { return null; }
    @Override public CallableStatement prepareCall(String first, int second, int third) { return null; }
    @Override public CallableStatement prepareCall(String first, int second, int third, int fourth) { return null; }
    @Override public PreparedStatement prepareStatement(String first) { return null; }
    @Override public PreparedStatement prepareStatement(String first, int second) { return null; }
    @Override public PreparedStatement prepareStatement(String first, int second, int third) { return null; }
    @Override public PreparedStatement prepareStatement(String first, int second, int third, int fourth) { return null; }
    @Override public PreparedStatement prepareStatement(String first, int[] second) { return null; }
    @Override public PreparedStatement prepareStatement(String first, String[] second) { return null; }
    @Override public void releaseSavepoint(Savepoint first) {}
    @Override public void rollback() {}
    @Override public void rollback(Savepoint first) {}
    @Override public void setAutoCommit(boolean first) {}
    @Override public void setCatalog(String first) {}
    @Override public void setClientInfo(String first, String second) {}
    @Override public void setClientInfo(Properties first) {}
    @Override public void setHoldability(int first) {}
    @Override public void setNetworkTimeout(Executor first, int second) {}
    @Override public void setReadOnly(boolean first) {}
    @Override public Savepoint setSavepoint() { return null; }
    @Override public Savepoint setSavepoint(String first) { return null; }
    @Override public void setSchema(String first) {}
    @Override public void setTransactionIsolation(int first) {}
    @Override public void setTypeMap(Map<String, Class<?>> first) {}
    @Override public <T> T unwrap(Class<T> first) { return null; }
}
