package dev.tidegate.jdbc.compared;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.jdbc.TidegateDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import javax.sql.DataSource;

/** A pool and a driver that an application may use together, set alike. */
enum Stack {
    TIDEGATE {
        @Override
        String title() {
            return "Tidegate";
        }

        @Override
        DataSource open(int port, int size, int connectionTimeout) {
            TidegateDataSource source = new TidegateDataSource();
            source.setURL("jdbc:tidegate" + address(port));
            source.setUser(USER);
            source.setPassword(PASSWORD);
            source.setMaximumPoolSize(size);
            source.setConnectionTimeout(connectionTimeout);
            source.setValidationInterval(UNCHECKED);
            source.setValidationTimeout(VALIDATION);
            return source;
        }
    },
    HIKARI_OVER_TIDEGATE {
        @Override
        String title() {
            return "HikariCP over Tidegate's driver";
        }

        @Override
        DataSource open(int port, int size, int connectionTimeout) {
            return hikari("jdbc:tidegate" + address(port), size, connectionTimeout);
        }
    },
    HIKARI_OVER_MSSQL {
        @Override
        String title() {
            return "HikariCP " + version("com.zaxxer/HikariCP") + " over mssql-jdbc "
                    + version("com.microsoft.sqlserver/mssql-jdbc");
        }

        @Override
        DataSource open(int port, int size, int connectionTimeout) {
            return hikari("jdbc:sqlserver" + address(port), size, connectionTimeout);
        }
    };

    static final String USER = "sa";
    static final String PASSWORD = "S3cret for tests";

    /** Milliseconds of idleness after which a connection is checked before it is lent; HikariCP's is fixed. */
    static final int UNCHECKED = 500;

    /** Milliseconds that a check may take; the least that HikariCP takes. */
    private static final int VALIDATION = 250;

    abstract String title();

    /** @param connectionTimeout in milliseconds */
    abstract DataSource open(int port, int size, int connectionTimeout);

    private static String address(int port) {
        return "://127.0.0.1:" + port + ";databaseName=demo;encrypt=false;connectRetryCount=0";
    }

    private static DataSource hikari(String url, int size, int connectionTimeout) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(USER);
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(connectionTimeout);
        config.setValidationTimeout(VALIDATION);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** As Maven has written it into the artifact. */
    private static String version(String artifact) {
        Properties properties = new Properties();
        try (InputStream in = Stack.class.getResourceAsStream("/META-INF/maven/" + artifact + "/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
