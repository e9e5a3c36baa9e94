package dev.tidegate.client.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.TestCertificate;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HostNamesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "db.example.com, db.example.com, true",
        "DB.Example.com, db.EXAMPLE.com, true",
        "db.example.com., db.example.com, true",
        "db.example.com, db2.example.com, false",
        "*.example.com, db.example.com, true",
        "*.example.com, a.db.example.com, false",
        "*.example.com, example.com, false",
        "*.example.com, .example.com, false",
        "*.com, example.com, false",
        "*, db, false",
        "d*.example.com, db.example.com, false",
        "db.*.com, db.example.com, false",
        "*.*.com, db.example.com, false",
        "'', db, false",
    })
    void aStarIsOneWholeLeftMostLabel(String pattern, String host, boolean matches) {
        assertThat(HostNames.matches(pattern, host)).isEqualTo(matches);
    }

    @Test
    void theCommonNameCountsOnlyWithoutAlternativeNames() throws Exception {
        X509Certificate bare = TestCertificate.make(folder, "CN=db.example.com, O=\"A, B\"", List.of())
                .certificate();
        assertThatCode(() -> HostNames.check(bare, "db.example.com")).doesNotThrowAnyException();
        assertThatThrownBy(() -> HostNames.check(bare, "127.0.0.1")).isInstanceOf(CertificateException.class);
    }

    @Test
    void alternativeNamesHideTheCommonName() throws Exception {
        X509Certificate named = TestCertificate.make(
                        folder, "CN=old.example.com", List.of("dns:*.example.org", "ip:10.0.0.1", "ip:0:0:0:0:0:0:0:1"))
                .certificate();
        assertThatCode(() -> HostNames.check(named, "db.example.org")).doesNotThrowAnyException();
        assertThatCode(() -> HostNames.check(named, "10.0.0.1")).doesNotThrowAnyException();
        assertThatCode(() -> HostNames.check(named, "::1")).doesNotThrowAnyException();
        assertThatThrownBy(() -> HostNames.check(named, "old.example.com"))
                .hasMessageContaining("is for [*.example.org], not for 'old.example.com'");
        assertThatThrownBy(() -> HostNames.check(named, "10.0.0.2")).hasMessageContaining("10.0.0.1");
    }

    @Test
    void commonNamesAreReadThroughEscapes() {
        X500Principal subject = new X500Principal("CN=\"a, b\", OU=CN\\=fake, O=x+CN=second");
        assertThat(SubjectNames.commonNames(subject)).containsExactlyInAnyOrder("a, b", "second");
    }
}
