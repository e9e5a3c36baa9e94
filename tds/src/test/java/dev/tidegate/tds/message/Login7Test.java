package dev.tidegate.tds.message;

import static dev.tidegate.tds.Wire.hex;
import static dev.tidegate.tds.Wire.payload;
import static dev.tidegate.tds.Wire.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class Login7Test {
    /** [MS-TDS] 4.2. */
    private static final byte[] SAMPLE = hex("""
        88 00 00 00 02 00 09 72 00 10 00 00 00 00 00 07 00 01 00 00 00 00 00 00
        E0 03 00 00 00 00 00 00 09 04 00 00 5E 00 08 00 6E 00 02 00 72 00 00 00 72 00 07 00 80 00 00 00
        80 00 00 00 80 00 04 00 88 00 00 00 88 00 00 00 00 50 8B E2 B7 8F 88 00 00 00 88 00 00 00 88 00
        00 00 00 00 00 00 73 00 6B 00 6F 00 73 00 74 00 6F 00 76 00 31 00 73 00 61 00 4F 00 53 00 51 00
        4C 00 2D 00 33 00 32 00 4F 00 44 00 42 00 43 00
        """);

    @Test
    void theSpecificationsSampleIsReadAndWritten() throws IOException {
        Login7 sample = Login7.read(reader(SAMPLE));

        assertThat(sample.version()).isEqualTo(TdsVersion.V7_2);
        assertThat(sample.packetSize()).isEqualTo(4096);
        assertThat(sample.clientProgramVersion()).isEqualTo(0x07000000);
        assertThat(sample.clientProcessId()).isEqualTo(0x100);
        assertThat(sample.clientLcid()).isEqualTo(0x409);
        assertThat(sample.flags().odbc()).isTrue();
        assertThat(sample.flags().integratedSecurity()).isFalse();
        assertThat(sample.hostName()).isEqualTo("skostov1");
        assertThat(sample.userName()).isEqualTo("sa");
        assertThat(sample.password()).isEmpty();
        assertThat(sample.applicationName()).isEqualTo("OSQL-32");
        assertThat(sample.libraryName()).isEqualTo("ODBC");
        assertThat(sample.clientId()).isEqualTo(hex("00508BE2B78F"));
        assertThat(sample.features()).isNull();
        assertThat(payload(sample::write)).isEqualTo(SAMPLE);
    }

    @Test
    void everyFieldComesBackAndEveryCutIsRefused() throws IOException {
        Login7 full = full().build();

        byte[] wire = payload(full::write);
        Wire.assertReadsBack(wire, Login7::read, full);
        Wire.assertCutIsRefused(wire, Login7::read);
        assertThat(full.flags().integratedSecurity()).isTrue();
        assertThat(full.flags().changePassword()).isTrue();
        assertThat(full.flags().extension()).isTrue();
        assertThat(full.flags().readOnlyIntent()).isTrue();
        assertThat(full.feature(LoginFeature.UTF8_SUPPORT)).isPresent();
        assertThat(full.feature(LoginFeature.SESSION_RECOVERY)).isEmpty();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void anyLoginComesBack(
            @ForAll @StringLength(max = 128) String user,
            @ForAll @StringLength(max = 128) String password,
            @ForAll @StringLength(max = 128) String database,
            @ForAll @Size(max = 5) List<@Size(max = 400) byte[]> features)
            throws IOException {
        Login7Builder builder =
                Login7.builder().userName(user).password(password).database(database);
        for (int i = 0; i < features.size(); i++) {
            builder.feature(new LoginFeature(i + 1, features.get(i)));
        }
        Login7 login = builder.build();

        byte[] wire = payload(login::write);
        assertThat(Login7.read(reader(wire))).usingRecursiveComparison().isEqualTo(login);
        assertThat(Login7.read(reader(wire, 5))).usingRecursiveComparison().isEqualTo(login);
    }

    @Test
    void version71HasAShorterFixedPart() throws IOException {
        Login7 login = Login7.builder()
                .version(TdsVersion.V7_1)
                .userName("sa")
                .password("pw")
                .build();

        byte[] wire = payload(login::write);
        assertThat(LittleEndian.getUnsignedShort(wire, Login7Parser.OFFSETS)).isEqualTo(86);
        Wire.assertReadsBack(wire, Login7::read, login);
    }

    @Test
    void clientsThatSendAnotherFormOf71AreServedAs71() throws IOException {
        byte[] wire = SAMPLE.clone();
        LittleEndian.putInt(wire, 4, 0x71000000);
        assertThat(Login7.read(reader(wire)).version()).isEqualTo(TdsVersion.V7_1);
        LittleEndian.putInt(wire, 4, 0x70000000);
        Login7 older = Login7.read(reader(wire));
        assertThatThrownBy(older::version).hasMessageContaining("7.1 is the lowest");
    }

    @Test
    void longSspiDataUsesTheLongField() throws IOException {
        for (int length : new int[] {0xFFFE, 0xFFFF, 0x10000, 100_000}) {
            byte[] sspi = new byte[length];
            Arrays.fill(sspi, (byte) 5);
            Login7 login = Login7.builder()
                    .sspi(sspi)
                    .feature(LoginFeature.utf8Support())
                    .build();
            assertThat(Login7.read(reader(payload(login::write))))
                    .usingRecursiveComparison()
                    .isEqualTo(login);
        }
    }

    @Test
    void aLoginThatDoesNotFitIsRefusedByTheWriter() {
        Login7 tooLong = Login7.builder().sspi(new byte[Login7.MAX_LENGTH]).build();
        assertThatThrownBy(() -> payload(tooLong::write)).hasMessageContaining("more than 131071 bytes");
        Login7 behind = Login7.builder()
                .sspi(new byte[70_000])
                .attachDatabaseFile("c:\\x.mdf")
                .build();
        assertThatThrownBy(() -> payload(behind::write)).hasMessageContaining("does not fit into LOGIN7");
        Login7Builder builder = Login7.builder();
        assertThatThrownBy(() -> builder.userName("u".repeat(129))).hasMessageContaining("at most 128");
        assertThatThrownBy(() -> builder.clientId(new byte[5])).hasMessageContaining("6 bytes");
    }

    @Test
    void passwordsAreHiddenOnTheWireAndNeverShown() throws IOException {
        assertThat(Login7Password.hide("a")).isEqualTo(hex("B3A5"));
        assertThat(Login7Password.show(hex("B3A5"))).isEqualTo("a");
        Login7 login = full().build();
        assertThat(login.toString()).doesNotContain("S3cret").contains("userName=sa");
        assertThat(new String(payload(login::write), StandardCharsets.UTF_16LE)).doesNotContain("S3cret");
        assertThat(LoginFeature.fedAuth(FedAuthRequest.securityToken(new byte[] {65, 0}, true, null)))
                .hasToString("LoginFeature[0x2, 7 bytes]");
    }

    @Test
    void offsetsThatLieAreRefused() throws IOException {
        byte[] good = payload(full().build()::write);
        assertRefused(good, Login7Parser.OFFSETS + 4, 20, "user name lies at 20");
        assertRefused(good, Login7Parser.OFFSETS + 6, 0xFFFF, "user name lies at");
        assertRefused(good, Login7Parser.OFFSETS + 16, 0xFFF0, "server name lies at 65520");
        assertRefused(
                good,
                Login7Parser.OFFSETS + 8,
                LittleEndian.getUnsignedShort(good, Login7Parser.OFFSETS + 4),
                "overlaps its");
        assertRefused(good, Login7Parser.OFFSETS + 22, 3, "extension has 3 bytes");
        assertRefused(good, Login7Parser.OFFSETS, 10, "first field cannot lie at 10");
        assertRefused(good, 0, 77, "claims a length of");
    }

    @Test
    void aFeatureListThatLiesIsRefused() throws IOException {
        byte[] good =
                payload(Login7.builder().feature(LoginFeature.jsonSupport(1)).build()::write);
        int list = good.length - 7;
        assertRefused(good, list, 0, "feature with the id 0");
        byte[] endless = good.clone();
        LittleEndian.putInt(endless, list + 1, -1);
        assertThatThrownBy(() -> Login7.read(reader(endless))).hasMessageContaining("feature 0xd lies at");
        byte[] unterminated = good.clone();
        unterminated[good.length - 1] = 5;
        assertThatThrownBy(() -> Login7.read(reader(unterminated))).hasMessageContaining("feature's length lies at");
    }

    @Test
    void fedAuthRequestsComeBack() throws IOException {
        byte[] nonce = new byte[Prelogin.NONCE_LENGTH];
        for (FedAuthRequest request : List.of(
                FedAuthRequest.entra(FedAuthRequest.WORKFLOW_INTEGRATED, true),
                FedAuthRequest.securityToken("token".getBytes(StandardCharsets.UTF_16LE), false, null),
                FedAuthRequest.securityToken("token".getBytes(StandardCharsets.UTF_16LE), true, nonce))) {
            byte[] data = LoginFeature.fedAuth(request).data();
            assertThat(FedAuthRequest.parse(data)).usingRecursiveComparison().isEqualTo(request);
            for (int length = 0; length < data.length; length++) {
                byte[] cut = Arrays.copyOf(data, length);
                if (length == data.length - nonce.length && request.nonce() != null) {
                    continue;
                }
                assertThatThrownBy(() -> FedAuthRequest.parse(cut)).isInstanceOf(TdsProtocolException.class);
            }
            assertThat(request.toString()).doesNotContain("token=");
        }
        assertThatThrownBy(() -> FedAuthRequest.parse(hex("FE00"))).hasMessageContaining("library 127");
        assertThatThrownBy(() -> FedAuthRequest.parse(hex("02FFFFFFFF00"))).hasMessageContaining("4294967295");
    }

    private static void assertRefused(byte[] good, int at, int value, String because) {
        byte[] bad = good.clone();
        if (because.contains("id 0")) {
            bad[at] = (byte) value;
        } else {
            LittleEndian.putShort(bad, at, (short) value);
        }
        assertThatThrownBy(() -> Login7.read(reader(bad)))
                .isInstanceOf(TdsProtocolException.class)
                .hasMessageContaining(because);
    }

    private static Login7Builder full() {
        return Login7.builder()
                .packetSize(32_767)
                .clientProgramVersion(0x01020304)
                .clientProcessId(4711)
                .readOnlyIntent(true)
                .clientTimeZone(-60)
                .clientLcid(0x407)
                .hostName("host")
                .userName("sa")
                .password("S3cret\u20ac")
                .applicationName("app")
                .serverName("server.example.org")
                .libraryName("Tidegate")
                .language("Deutsch")
                .database("demo")
                .clientId(hex("010203040506"))
                .sspi(hex("A1A2A3"))
                .attachDatabaseFile("c:\\data.mdf")
                .newPassword("newS3cret")
                .feature(LoginFeature.utf8Support())
                .feature(LoginFeature.jsonSupport(1))
                .feature(LoginFeature.vectorSupport(2))
                .feature(LoginFeature.dnsCaching())
                .feature(LoginFeature.userAgent("agent"))
                .feature(new LoginFeature(0xFE, new byte[300]));
    }
}
