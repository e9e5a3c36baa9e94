package dev.tidegate.client.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionPropertyTest {
    @Test
    void theDocumentationIsThatOfTheDeclaration() throws IOException {
        assertThat(Files.readString(PropertyTable.FILE))
                .as("docs/connection-properties.md; PropertyTable.main renews it")
                .isEqualTo(PropertyTable.markdown());
    }

    @ParameterizedTest
    @EnumSource(ConnectionProperty.class)
    void everyDefaultIsAllowedAndEveryPropertyIsDescribed(ConnectionProperty property) {
        if (property.defaultValue() != null) {
            assertThat(property.normalize(property.defaultValue())).isEqualTo(property.defaultValue());
        }
        assertThat(property.description()).endsWith(".");
        for (String choice : property.kind().choices()) {
            assertThat(property.normalize(choice)).isEqualTo(choice);
            assertThat(property.normalize(choice.toUpperCase(Locale.ROOT))).isEqualTo(choice);
        }
        assertThat(ConnectionProperty.named(property.propertyName().toUpperCase(Locale.ROOT)))
                .isEqualTo(property);
        for (String synonym : property.synonyms()) {
            assertThat(ConnectionProperty.named(synonym)).isEqualTo(property);
        }
    }

    @Test
    void noNameStandsForTwoProperties() {
        Set<String> names = new HashSet<>();
        for (ConnectionProperty property : ConnectionProperty.values()) {
            assertThat(names.add(property.propertyName().toLowerCase(Locale.ROOT)))
                    .isTrue();
            for (String synonym : property.synonyms()) {
                assertThat(names.add(synonym.toLowerCase(Locale.ROOT))).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "encryt, encrypt",
        "passwrd, password",
        "databasename1, databaseName",
        "trustServerCertficate, trustServerCertificate",
        "serverNam, serverName",
        "loginTimeOut1, loginTimeout",
    })
    void anUnknownNameIsAnErrorThatSuggestsTheNearest(String wrong, String right) {
        assertThatThrownBy(() -> ConnectionProperty.named(wrong))
                .isInstanceOf(PropertyException.class)
                .hasMessage("unknown property '" + wrong + "'; did you mean '" + right + "'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "encrypt | maybe | property encrypt=maybe: allowed: true, false, strict, mandatory (= true), yes (="
                        + " true), optional (= false), no (= false)",
                "port | 0 | property portNumber=0: allowed: 1 to 65535",
                "port | x | property portNumber=x: is not a whole number; allowed: 1 to 65535",
                "packetSize | 100 | property packetSize=100: allowed: 0, or 512 to 32767 bytes",
                "trustServerCertificate | yes | property trustServerCertificate=yes: allowed: true, false",
                "authentication | ActiveDirectoryPassword | property authentication=ActiveDirectoryPassword: Microsoft"
                        + " Entra ID logins are not supported yet; allowed: NotSpecified, SqlPassword",
                "columnEncryptionSetting | Enabled | property columnEncryptionSetting=Enabled: Always Encrypted is not"
                        + " supported; allowed: Disabled",
            })
    void aBadValueNamesPropertyValueAndWhatIsAllowed(String name, String value, String message) {
        assertThatThrownBy(() -> ConnectionProperty.named(name).normalize(value))
                .hasMessage(message);
    }

    @Test
    void aBadSecretIsNotRepeated() {
        assertThatThrownBy(() -> ConnectionProperty.PASSWORD.normalize("s3cret".repeat(50)))
                .hasMessageNotContaining("s3cret")
                .hasMessageContaining("at most 128 characters");
    }

    @ParameterizedTest
    @CsvSource({"mandatory,true", "YES,true", "optional,false", "No,false", "Strict,strict", "TRUE,true"})
    void wordsForEncryptionMeanTheSame(String word, String meaning) {
        assertThat(ConnectionProperty.ENCRYPT.normalize(word)).isEqualTo(meaning);
    }
}
