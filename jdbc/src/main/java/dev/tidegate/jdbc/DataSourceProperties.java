package dev.tidegate.jdbc;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.settings.PropertyException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;

/**
 * What the data sources have in common: a URL, and a setter and a getter for each {@link ConnectionProperty}, which says what it means;
 * secrets have no getter. A property set by its setter goes before what {@link #setURL} said of it. Setters check their value and throw
 * {@link PropertyException}. Thread-safe.
 */
abstract class DataSourceProperties extends SqlWrapper implements CommonDataSource {
    private final Map<ConnectionProperty, String> values = new EnumMap<>(ConnectionProperty.class);
    private volatile String url;
    private volatile PrintWriter logWriter;

    /** @param value {@code jdbc:tidegate://…}; null for none */
    public void setURL(String value) {
        beforeChange();
        url = value;
    }

    public String getURL() {
        return url;
    }

    /** The same as {@link #setURL}, under the name that pools and frameworks look for. */
    public void setUrl(String value) {
        setURL(value);
    }

    public String getUrl() {
        return url;
    }

    /** Kept, and never written to: nothing is printed. */
    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        logWriter = out;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw Failures.unsupported("the driver logs through System.Logger, under the name dev.tidegate");
    }

    /** @throws IllegalStateException if it is too late for that */
    void beforeChange() {}

    /**
     * @param user instead of the one that was set; null: that one
     * @throws SQLException (08001) naming what is wrong with a property
     */
    final synchronized ConnectionSettings settings(String user, String password) throws SQLException {
        try {
            ConnectionSettings.Builder builder =
                    url == null ? ConnectionSettings.builder() : ConnectionSettings.parse(url, null).toBuilder();
            values.forEach(builder::set);
            if (user != null) {
                builder.set(ConnectionProperty.USER, user).set(ConnectionProperty.PASSWORD, password);
            }
            return builder.build();
        } catch (PropertyException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), "08001", e);
        }
    }

    /** Null takes the value back. */
    final synchronized void set(ConnectionProperty property, String value) {
        beforeChange();
        ConnectionSettings.builder().set(property, value);
        if (value == null) {
            values.remove(property);
        } else {
            values.put(property, value);
        }
    }

    private synchronized String text(ConnectionProperty property) {
        return values.getOrDefault(property, property.defaultValue());
    }

    private int number(ConnectionProperty property) {
        return Integer.parseInt(text(property));
    }

    private boolean flag(ConnectionProperty property) {
        return Boolean.parseBoolean(text(property));
    }

    public void setServerName(String value) {
        set(ConnectionProperty.SERVER_NAME, value);
    }

    public String getServerName() {
        return text(ConnectionProperty.SERVER_NAME);
    }

    public void setPortNumber(int value) {
        set(ConnectionProperty.PORT_NUMBER, Integer.toString(value));
    }

    public int getPortNumber() {
        return number(ConnectionProperty.PORT_NUMBER);
    }

    public void setInstanceName(String value) {
        set(ConnectionProperty.INSTANCE_NAME, value);
    }

    public String getInstanceName() {
        return text(ConnectionProperty.INSTANCE_NAME);
    }

    public void setDatabaseName(String value) {
        set(ConnectionProperty.DATABASE_NAME, value);
    }

    public String getDatabaseName() {
        return text(ConnectionProperty.DATABASE_NAME);
    }

    public void setUser(String value) {
        set(ConnectionProperty.USER, value);
    }

    public String getUser() {
        return text(ConnectionProperty.USER);
    }

    public void setPassword(String value) {
        set(ConnectionProperty.PASSWORD, value);
    }

    public void setAuthentication(String value) {
        set(ConnectionProperty.AUTHENTICATION, value);
    }

    public String getAuthentication() {
        return text(ConnectionProperty.AUTHENTICATION);
    }

    public void setIntegratedSecurity(String value) {
        set(ConnectionProperty.INTEGRATED_SECURITY, value);
    }

    public String getIntegratedSecurity() {
        return text(ConnectionProperty.INTEGRATED_SECURITY);
    }

    public void setEncrypt(String value) {
        set(ConnectionProperty.ENCRYPT, value);
    }

    public String getEncrypt() {
        return text(ConnectionProperty.ENCRYPT);
    }

    public void setTrustServerCertificate(boolean value) {
        set(ConnectionProperty.TRUST_SERVER_CERTIFICATE, Boolean.toString(value));
    }

    public boolean getTrustServerCertificate() {
        return flag(ConnectionProperty.TRUST_SERVER_CERTIFICATE);
    }

    public void setHostNameInCertificate(String value) {
        set(ConnectionProperty.HOST_NAME_IN_CERTIFICATE, value);
    }

    public String getHostNameInCertificate() {
        return text(ConnectionProperty.HOST_NAME_IN_CERTIFICATE);
    }

    public void setServerCertificate(String value) {
        set(ConnectionProperty.SERVER_CERTIFICATE, value);
    }

    public String getServerCertificate() {
        return text(ConnectionProperty.SERVER_CERTIFICATE);
    }

    public void setTrustStore(String value) {
        set(ConnectionProperty.TRUST_STORE, value);
    }

    public String getTrustStore() {
        return text(ConnectionProperty.TRUST_STORE);
    }

    public void setTrustStorePassword(String value) {
        set(ConnectionProperty.TRUST_STORE_PASSWORD, value);
    }

    public void setTrustStoreType(String value) {
        set(ConnectionProperty.TRUST_STORE_TYPE, value);
    }

    public String getTrustStoreType() {
        return text(ConnectionProperty.TRUST_STORE_TYPE);
    }

    public void setApplicationName(String value) {
        set(ConnectionProperty.APPLICATION_NAME, value);
    }

    public String getApplicationName() {
        return text(ConnectionProperty.APPLICATION_NAME);
    }

    public void setWorkstationID(String value) {
        set(ConnectionProperty.WORKSTATION_ID, value);
    }

    public String getWorkstationID() {
        return text(ConnectionProperty.WORKSTATION_ID);
    }

    public void setLanguage(String value) {
        set(ConnectionProperty.LANGUAGE, value);
    }

    public String getLanguage() {
        return text(ConnectionProperty.LANGUAGE);
    }

    public void setApplicationIntent(String value) {
        set(ConnectionProperty.APPLICATION_INTENT, value);
    }

    public String getApplicationIntent() {
        return text(ConnectionProperty.APPLICATION_INTENT);
    }

    public void setMultiSubnetFailover(boolean value) {
        set(ConnectionProperty.MULTI_SUBNET_FAILOVER, Boolean.toString(value));
    }

    public boolean getMultiSubnetFailover() {
        return flag(ConnectionProperty.MULTI_SUBNET_FAILOVER);
    }

    @Override
    public void setLoginTimeout(int value) {
        set(ConnectionProperty.LOGIN_TIMEOUT, Integer.toString(value));
    }

    @Override
    public int getLoginTimeout() {
        return number(ConnectionProperty.LOGIN_TIMEOUT);
    }

    public void setQueryTimeout(int value) {
        set(ConnectionProperty.QUERY_TIMEOUT, Integer.toString(value));
    }

    public int getQueryTimeout() {
        return number(ConnectionProperty.QUERY_TIMEOUT);
    }

    public void setCancelQueryTimeout(int value) {
        set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, Integer.toString(value));
    }

    public int getCancelQueryTimeout() {
        return number(ConnectionProperty.CANCEL_QUERY_TIMEOUT);
    }

    public void setSocketTimeout(int value) {
        set(ConnectionProperty.SOCKET_TIMEOUT, Integer.toString(value));
    }

    public int getSocketTimeout() {
        return number(ConnectionProperty.SOCKET_TIMEOUT);
    }

    public void setCloseTimeout(int value) {
        set(ConnectionProperty.CLOSE_TIMEOUT, Integer.toString(value));
    }

    public int getCloseTimeout() {
        return number(ConnectionProperty.CLOSE_TIMEOUT);
    }

    public void setLockTimeout(int value) {
        set(ConnectionProperty.LOCK_TIMEOUT, Integer.toString(value));
    }

    public int getLockTimeout() {
        return number(ConnectionProperty.LOCK_TIMEOUT);
    }

    public void setPacketSize(int value) {
        set(ConnectionProperty.PACKET_SIZE, Integer.toString(value));
    }

    public int getPacketSize() {
        return number(ConnectionProperty.PACKET_SIZE);
    }

    public void setSendStringParametersAsUnicode(boolean value) {
        set(ConnectionProperty.SEND_STRING_PARAMETERS_AS_UNICODE, Boolean.toString(value));
    }

    public boolean getSendStringParametersAsUnicode() {
        return flag(ConnectionProperty.SEND_STRING_PARAMETERS_AS_UNICODE);
    }

    public void setLeakDetection(boolean value) {
        set(ConnectionProperty.LEAK_DETECTION, Boolean.toString(value));
    }

    public boolean getLeakDetection() {
        return flag(ConnectionProperty.LEAK_DETECTION);
    }

    public void setConnectRetryCount(int value) {
        set(ConnectionProperty.CONNECT_RETRY_COUNT, Integer.toString(value));
    }

    public int getConnectRetryCount() {
        return number(ConnectionProperty.CONNECT_RETRY_COUNT);
    }

    public void setConnectRetryInterval(int value) {
        set(ConnectionProperty.CONNECT_RETRY_INTERVAL, Integer.toString(value));
    }

    public int getConnectRetryInterval() {
        return number(ConnectionProperty.CONNECT_RETRY_INTERVAL);
    }

    public void setDisableStatementPooling(boolean value) {
        set(ConnectionProperty.DISABLE_STATEMENT_POOLING, Boolean.toString(value));
    }

    public boolean getDisableStatementPooling() {
        return flag(ConnectionProperty.DISABLE_STATEMENT_POOLING);
    }

    public void setStatementPoolingCacheSize(int value) {
        set(ConnectionProperty.STATEMENT_POOLING_CACHE_SIZE, Integer.toString(value));
    }

    public int getStatementPoolingCacheSize() {
        return number(ConnectionProperty.STATEMENT_POOLING_CACHE_SIZE);
    }

    public void setServerPreparedStatementDiscardThreshold(int value) {
        set(ConnectionProperty.SERVER_PREPARED_STATEMENT_DISCARD_THRESHOLD, Integer.toString(value));
    }

    public int getServerPreparedStatementDiscardThreshold() {
        return number(ConnectionProperty.SERVER_PREPARED_STATEMENT_DISCARD_THRESHOLD);
    }

    public void setEnablePrepareOnFirstPreparedStatementCall(boolean value) {
        set(ConnectionProperty.ENABLE_PREPARE_ON_FIRST_CALL, Boolean.toString(value));
    }

    public boolean getEnablePrepareOnFirstPreparedStatementCall() {
        return flag(ConnectionProperty.ENABLE_PREPARE_ON_FIRST_CALL);
    }

    public void setUseBulkCopyForBatchInsert(boolean value) {
        set(ConnectionProperty.USE_BULK_COPY_FOR_BATCH_INSERT, Boolean.toString(value));
    }

    public boolean getUseBulkCopyForBatchInsert() {
        return flag(ConnectionProperty.USE_BULK_COPY_FOR_BATCH_INSERT);
    }

    public void setColumnEncryptionSetting(String value) {
        set(ConnectionProperty.COLUMN_ENCRYPTION_SETTING, value);
    }

    public String getColumnEncryptionSetting() {
        return text(ConnectionProperty.COLUMN_ENCRYPTION_SETTING);
    }

    public void setIPAddressPreference(String value) {
        set(ConnectionProperty.IP_ADDRESS_PREFERENCE, value);
    }

    public String getIPAddressPreference() {
        return text(ConnectionProperty.IP_ADDRESS_PREFERENCE);
    }
}
