package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.PropertyException;
import dev.tidegate.client.settings.ValueKind;
import java.lang.reflect.Method;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriverTest {
    @Test
    void isFoundByTheDriverManager() throws SQLException {
        assertThat(DriverManager.getDriver("jdbc:tidegate://localhost")).isInstanceOf(TidegateDriver.class);
    }

    @Test
    void leavesOtherUrlsToOthers() throws SQLException {
        Driver driver = new TidegateDriver();
        assertThat(driver.connect("jdbc:sqlserver://localhost", new Properties()))
                .isNull();
        assertThat(driver.connect("jdbc:tidegate:duckdb:", new Properties())).isNull();
        assertThat(driver.acceptsURL("JDBC:TideGate://localhost")).isTrue();
        assertThatThrownBy(() -> driver.acceptsURL(null)).isInstanceOf(SQLException.class);
        assertThat(driver.jdbcCompliant()).isFalse();
    }

    @Test
    void refusesAMisspeltProperty() {
        assertThatThrownBy(() -> new TidegateDriver().connect("jdbc:tidegate://localhost;pasword=x", null))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password");
    }

    @Test
    void describesEveryPropertyAndNoSecret() throws SQLException {
        DriverPropertyInfo[] all = new TidegateDriver()
                .getPropertyInfo("jdbc:tidegate://localhost;user=me;password=hidden;encrypt=strict", null);
        assertThat(all).hasSameSizeAs(ConnectionProperty.values());
        for (DriverPropertyInfo one : all) {
            assertThat(one.description).isNotBlank();
            assertThat(one.value).isNotEqualTo("hidden");
        }
        DriverPropertyInfo encrypt = Arrays.stream(all)
                .filter(one -> one.name.equals("encrypt"))
                .findAny()
                .orElseThrow();
        assertThat(encrypt.value).isEqualTo("strict");
        assertThat(encrypt.choices).contains("true", "false", "strict");
        assertThat(new TidegateDriver().getPropertyInfo(null, null)).hasSameSizeAs(all);
    }

    @ParameterizedTest
    @EnumSource(ConnectionProperty.class)
    void theDataSourceHasASetterAndGetterForEveryProperty(ConnectionProperty property) throws Exception {
        TidegateDataSource source = new TidegateDataSource();
        String name = property.propertyName();
        String suffix = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        Class<?> type = property.kind() instanceof ValueKind.Whole
                ? int.class
                : property.kind() instanceof ValueKind.Flag ? boolean.class : String.class;
        Object value = sample(property);
        Method setter = TidegateDataSource.class.getMethod("set" + suffix, type);
        setter.invoke(source, value);
        if (!property.isSecret()) {
            assertThat(TidegateDataSource.class.getMethod("get" + suffix).invoke(source))
                    .isEqualTo(value);
        }
        if (property != ConnectionProperty.SERVER_NAME) {
            source.setServerName("localhost");
        }
        assertThat(source.settings(null, null).get(property)).isEqualTo(String.valueOf(value));
    }

    private static Object sample(ConnectionProperty property) {
        if (property.kind() instanceof ValueKind.Whole whole) {
            return whole.min();
        }
        if (property.kind() instanceof ValueKind.Flag) {
            return true;
        }
        return property.kind() instanceof ValueKind.Choice choice
                ? choice.choices().get(0)
                : "text";
    }

    @Test
    void settersGoBeforeTheUrlAndLoginBeforeBoth() throws SQLException {
        TidegateDataSource source = new TidegateDataSource();
        source.setURL("jdbc:tidegate://one:1111;databaseName=a;user=u;password=p");
        source.setDatabaseName("b");
        var settings = source.settings("v", "q");
        assertThat(settings.host()).isEqualTo("one");
        assertThat(settings.port()).isEqualTo(1111);
        assertThat(settings.get(ConnectionProperty.DATABASE_NAME)).isEqualTo("b");
        assertThat(settings.get(ConnectionProperty.USER)).isEqualTo("v");
        assertThat(source.toString()).doesNotContain("p=").doesNotContain("password");
    }

    @Test
    void settersCheckTheirValue() {
        TidegateDataSource source = new TidegateDataSource();
        assertThatThrownBy(() -> source.setPortNumber(0)).isInstanceOf(PropertyException.class);
        assertThatThrownBy(() -> source.setEncrypt("perhaps")).isInstanceOf(PropertyException.class);
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("serverName");
    }

    @Test
    void theUrlOfAConnectionHasNoLogin() throws SQLException {
        TidegateDataSource source = new TidegateDataSource();
        source.setURL("jdbc:tidegate://one\\two;databaseName=a;user=u;password=p");
        assertThat(TidegateDriver.urlOf(source.settings(null, null)))
                .isEqualTo("jdbc:tidegate://one\\two;databaseName=a");
        String odd = "jdbc:tidegate://[::1]:1433;databaseName={a;b}}c}";
        source.setURL(odd);
        assertThat(TidegateDriver.urlOf(source.settings(null, null))).isEqualTo(odd);
    }
}
