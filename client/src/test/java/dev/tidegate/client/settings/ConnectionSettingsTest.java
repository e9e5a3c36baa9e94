package dev.tidegate.client.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "jdbc:tidegate://db | db | 1433 | -",
                "jdbc:tidegate://db:1500 | db | 1500 | -",
                "JDBC:Tidegate://db,1500; | db | 1500 | -",
                "jdbc:tidegate://db\\prod | db | 1433 | prod",
                "jdbc:tidegate://db\\prod:1500 | db | 1500 | -",
                "jdbc:tidegate://[::1]:1500 | ::1 | 1500 | -",
                "jdbc:tidegate://[fe80::1]\\prod | fe80::1 | 1433 | prod",
                "jdbc:tidegate://;serverName=db;port=7 | db | 7 | -",
                "mssql://db | db | 1433 | -",
                "mssql://sa:pw@db:1500/shop | db | 1500 | -",
                "mssql://[::1]:7/x?encrypt=false | ::1 | 7 | -",
            })
    void readsHostPortAndInstance(String url, String host, int port, String instance) throws SQLException {
        ConnectionSettings settings = ConnectionSettings.parse(url, null);
        assertThat(settings.host()).isEqualTo(host);
        assertThat(settings.port()).isEqualTo(port);
        assertThat(settings.instanceToLookUp().orElse(null)).isEqualTo(instance);
    }

    @Test
    void aSourceIsAskedForThePasswordEachTimeAndNeverShown() throws SQLException {
        List<String> asked = new ArrayList<>();
        PasswordSource source = login -> {
            asked.add(login.toString());
            return "secret-" + asked.size();
        };
        ConnectionSettings settings = ConnectionSettings.builder()
                .host("h")
                .login("u", "unused")
                .passwordSource(source)
                .build();
        assertThat(settings.password()).isEqualTo("secret-1");
        assertThat(settings.toBuilder().build().password()).isEqualTo("secret-2");
        assertThat(asked).allMatch(login -> login.contains("user=u") && !login.contains("password"));
        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(settings)
                .isEqualTo(settings.toBuilder().build())
                .isNotEqualTo(settings.toBuilder().passwordSource(null).build())
                .isNotEqualTo(settings.toBuilder().passwordSource(login -> "x").build());
        assertThat(settings.toBuilder().passwordSource(null).build().password()).isEqualTo("unused");
        assertThatThrownBy(() -> settings.toBuilder()
                        .passwordSource(login -> null)
                        .build()
                        .password())
                .hasMessageContaining("gave none");
    }

    @Test
    void readsPropertiesAndBracedValues() throws SQLException {
        ConnectionSettings settings = ConnectionSettings.parse(
                "jdbc:tidegate://db;database=shop;user=sa;password={a;b}}c=d};encrypt=strict;loginTimeout=5;", null);
        assertThat(settings.get(ConnectionProperty.DATABASE_NAME)).isEqualTo("shop");
        assertThat(settings.get(ConnectionProperty.PASSWORD)).isEqualTo("a;b}c=d");
        assertThat(settings.encrypt()).isEqualTo(Encrypt.STRICT);
        assertThat(settings.loginTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.queryTimeout()).isZero();
    }

    @Test
    void readsTheShortForm() throws SQLException {
        ConnectionSettings settings = ConnectionSettings.parse(
                "mssql://s%61:p%40%3Aw+%25@db/my%20db?encrypt=false&applicationName=a%26b", null);
        assertThat(settings.get(ConnectionProperty.USER)).isEqualTo("sa");
        assertThat(settings.get(ConnectionProperty.PASSWORD)).isEqualTo("p@:w+%");
        assertThat(settings.get(ConnectionProperty.DATABASE_NAME)).isEqualTo("my db");
        assertThat(settings.get(ConnectionProperty.APPLICATION_NAME)).isEqualTo("a&b");
        assertThat(settings.encrypt()).isEqualTo(Encrypt.FALSE);
    }

    @Test
    void propertiesGoBeforeTheUrl() throws SQLException {
        Properties info = new Properties();
        info.setProperty("userName", "other");
        info.setProperty("PASSWORD", "x");
        ConnectionSettings settings = ConnectionSettings.parse("jdbc:tidegate://db;user=sa", info);
        assertThat(settings.get(ConnectionProperty.USER)).isEqualTo("other");
        assertThat(settings.get(ConnectionProperty.PASSWORD)).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:tidegate://",
                "jdbc:tidegate://db:x",
                "jdbc:tidegate://db:70000",
                "jdbc:tidegate://[::1",
                "jdbc:tidegate://[::1]x",
                "jdbc:tidegate://fe80::1:1433",
                "jdbc:tidegate://db;user",
                "jdbc:tidegate://db;user={a",
                "jdbc:tidegate://db;user={a}b",
                "jdbc:tidegate://db;nosuch=1",
                "jdbc:tidegate://db;user=a;userName=b",
                "jdbc:tidegate://db;encrypt=strict;trustServerCertificate=true",
                "mssql://db?user",
                "mssql://db/%zz",
                "mssql://db/%4",
                "jdbc:sqlserver://db",
            })
    void aBadUrlIsRefused(String url) {
        assertThatThrownBy(() -> ConnectionSettings.parse(url, null))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08001"));
    }

    /** A password that was not written as the URL wants it must not come back in pieces. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:tidegate://db;user=sa;password=12;tOpS3cret",
                "jdbc:tidegate://db;user=sa;password=12;tOpS3cret=x",
                "mssql://sa:tOpS3cret?x@db",
                "mssql://sa:12?tOpS3cret@db/shop",
                "mssql://sa:12?tOpS3cret=1@db/shop",
                "mssql://sa:1:tOpS3cret?@db/shop",
            })
    void noPieceOfAPasswordIsRepeated(String url) {
        assertThatThrownBy(() -> ConnectionSettings.parse(url, null))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageNotContaining("tOpS3cret")
                .hasMessageContaining(url.startsWith("jdbc") ? "password={" : "%3F")
                .satisfies(e -> assertThat(e.getCause().getCause()).isNull());
    }

    @Test
    void knowsItsUrls() {
        assertThat(ConnectionSettings.accepts("jdbc:tidegate://x")).isTrue();
        assertThat(ConnectionSettings.accepts("mssql://x")).isTrue();
        assertThat(ConnectionSettings.accepts("jdbc:tidegate:duckdb:")).isFalse();
        assertThat(ConnectionSettings.accepts("jdbc:sqlserver://x")).isFalse();
        assertThat(ConnectionSettings.accepts(null)).isFalse();
    }

    @Test
    void sameValuesAreEqual() throws SQLException {
        ConnectionSettings one = ConnectionSettings.parse("jdbc:tidegate://db:1433;encrypt=no", null);
        ConnectionSettings two = ConnectionSettings.parse("mssql://db:1433?encrypt=false", null);
        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
        assertThat(one.toBuilder().database("x").build()).isNotEqualTo(two);
    }

    @Property(tries = 200)
    void everyPasswordSurvivesBraces(@ForAll @StringLength(min = 1, max = 60) @NotBlank String password)
            throws SQLException {
        String url = "jdbc:tidegate://db;password={" + password.replace("}", "}}") + "};user=sa";
        ConnectionSettings settings = ConnectionSettings.parse(url, null);
        assertThat(settings.get(ConnectionProperty.PASSWORD)).isEqualTo(password);
        assertThat(settings.get(ConnectionProperty.USER)).isEqualTo("sa");
    }
}
