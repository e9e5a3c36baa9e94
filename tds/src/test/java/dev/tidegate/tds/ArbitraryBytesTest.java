package dev.tidegate.tds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.message.FedAuthRequest;
import dev.tidegate.tds.message.FedAuthToken;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.message.ProgramVersion;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.RpcCall;
import dev.tidegate.tds.message.RpcParameter;
import dev.tidegate.tds.message.RpcRequest;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.message.TransactionManagerRequest;
import dev.tidegate.tds.row.RowDecoder;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever bytes come, a reader ends with a message or with a {@link TdsProtocolException}, and allocates no more than they justify. */
class ArbitraryBytesTest {
    private static final byte[] TOKENS = Wire.hex("787981A3A4A5A9AAABACADAED1D2E3E4EDEEFDFEFF");

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void tokenReader(@ForAll("tokenLike") byte[] bytes, @ForAll("versions") TdsVersion version) throws IOException {
        HostileBytes.assertHandled(bytes, in -> {
            TokenReader tokens = new TokenReader(in, version);
            while (!in.atEnd()) {
                long before = in.position();
                Token token = tokens.next();
                if (token instanceof RowMarker marker
                        && !tokens.metadata().columns().isEmpty()) {
                    List<TypeInfo> types = tokens.metadata().columns().stream()
                            .map(Column::type)
                            .toList();
                    RowDecoder.of(types).decode(in, marker);
                }
                assertThat(in.position()).isGreaterThan(before);
            }
            return null;
        });
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyMessage(@ForAll("bytes") byte[] bytes, @ForAll("versions") TdsVersion version) throws IOException {
        readAsEverything(bytes, version);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void damagedLogins(@ForAll("damages") List<Damage> damages) throws IOException {
        Login7 login = Login7.builder()
                .userName("sa")
                .password("secret")
                .serverName("server")
                .database("db")
                .sspi(new byte[20])
                .feature(LoginFeature.utf8Support())
                .feature(LoginFeature.fedAuth(FedAuthRequest.entra(1, true)))
                .build();
        HostileBytes.assertHandled(Damage.apply(Wire.payload(login::write), damages), Login7::read);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void damagedPrelogins(@ForAll("damages") List<Damage> damages) throws IOException {
        Prelogin prelogin = Prelogin.builder()
                .version(new ProgramVersion(1, 2, 3, 4))
                .instance("name")
                .nonce(new byte[Prelogin.NONCE_LENGTH])
                .build();
        HostileBytes.assertHandled(Damage.apply(Wire.payload(prelogin::write), damages), in -> {
            Prelogin read = Prelogin.read(in);
            // the accessors must be as good as the reader
            return List.of(
                    read.version(),
                    read.encryption(),
                    read.clientCertificate(),
                    read.instance(),
                    read.threadId(),
                    read.mars());
        });
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void damagedCalls(@ForAll("damages") List<Damage> damages, @ForAll("versions") TdsVersion version)
            throws IOException {
        RpcCall call = RpcCall.byName(
                "dbo.p",
                List.of(
                        RpcParameter.in("@a", TypeInfo.integer(), 1),
                        RpcParameter.out("@b", TypeInfo.decimal(20, 4), new BigDecimal("1.5")),
                        RpcParameter.in("", TypeInfo.nvarchar(40, Collation.DEFAULT), "text"),
                        RpcParameter.in("@c", TypeInfo.varbinary(20), new byte[5])));
        RpcRequest request = new RpcRequest(RequestHeaders.NONE, List.of(call, call));
        byte[] wire = Wire.payload(out -> request.write(out, version));
        HostileBytes.assertHandled(Damage.apply(wire, damages), in -> RpcRequest.read(in, version));
    }

    private static void readAsEverything(byte[] bytes, TdsVersion version) throws IOException {
        HostileBytes.assertHandled(bytes, Login7::read);
        HostileBytes.assertHandled(bytes, Prelogin::read);
        HostileBytes.assertHandled(bytes, FedAuthToken::read);
        HostileBytes.assertHandled(bytes, in -> SqlBatch.read(in, version));
        HostileBytes.assertHandled(bytes, in -> RpcRequest.read(in, version));
        HostileBytes.assertHandled(bytes, in -> TransactionManagerRequest.read(in, version));
        try {
            FedAuthRequest.parse(bytes);
        } catch (TdsProtocolException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    /** Bytes put over those of a good message. */
    private record Damage(double where, byte[] with) {
        static byte[] apply(byte[] good, List<Damage> damages) {
            byte[] bad = good.clone();
            for (Damage damage : damages) {
                int at = (int) (damage.where * bad.length);
                System.arraycopy(damage.with, 0, bad, at, Math.min(damage.with.length, bad.length - at));
            }
            return bad;
        }
    }

    @Provide
    Arbitrary<List<Damage>> damages() {
        Arbitrary<byte[]> with = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(4),
                Arbitraries.of(Wire.hex("FFFFFFFF"), Wire.hex("FFFF"), Wire.hex("00"), Wire.hex("FFFFFF7F")));
        return Combinators.combine(Arbitraries.doubles().between(0, true, 1, false), with)
                .as(Damage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
    }

    /** Begins with a token, and holds more bytes that stand for lengths and types than noise would. */
    @Provide
    Arbitrary<byte[]> tokenLike() {
        Arbitrary<Byte> token =
                Arbitraries.integers().between(0, TOKENS.length - 1).map(i -> TOKENS[i]);
        Arbitrary<Byte> any = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.bytes()),
                Tuple.of(3, Arbitraries.of((byte) 0, (byte) 1, (byte) 2, (byte) 4, (byte) 8)),
                Tuple.of(2, Arbitraries.of((byte) 0x26, (byte) 0xE7, (byte) 0xA7, (byte) 0x6A, (byte) 0x62)),
                Tuple.of(1, token));
        return Combinators.combine(token, any.list().ofMaxSize(200)).as((first, rest) -> {
            byte[] bytes = new byte[rest.size() + 1];
            bytes[0] = first;
            for (int i = 0; i < rest.size(); i++) {
                bytes[i + 1] = rest.get(i);
            }
            return bytes;
        });
    }

    @Provide
    Arbitrary<TdsVersion> versions() {
        return Arbitraries.of(TdsVersion.V7_1, TdsVersion.V7_2, TdsVersion.V7_4);
    }
}
