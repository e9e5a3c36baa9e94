package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.Utf16;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.TypedValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Tokens of every kind, with any contents that their form can hold in every version of the protocol. */
public final class TokenSamples {
    private TokenSamples() {}

    /** Of any kind that stands alone: rows need a description before them. */
    public static Arbitrary<Token> any(TdsVersion version) {
        return Arbitraries.oneOf(List.of(
                done().map(Token.class::cast),
                message().map(Token.class::cast),
                envChange().map(Token.class::cast),
                columns(version).map(ColMetadata::new),
                Arbitraries.integers().map(ReturnStatus::new),
                returnValue(version).map(Token.class::cast),
                Arbitraries.integers().between(0, 0xFFFF).list().ofMaxSize(300).map(Order::new),
                tableName(version).list().ofMaxSize(5).map(TabName::new),
                colInfo().list().ofMaxSize(40).map(ColInfo::new),
                loginAck().map(Token.class::cast),
                features(0, 254)
                        .map(FeatureExtAck::new)
                        .filter(ack -> !ack.features().containsKey(0x09)),
                Combinators.combine(text(80).injectNull(0.2), text(80).injectNull(0.2))
                        .as(FedAuthInfo::new),
                bytes(600).map(SspiToken::new),
                dataClassification().map(Token.class::cast),
                Combinators.combine(Arbitraries.integers(), Arbitraries.of(true, false), features(0, 255))
                        .as(SessionState::new)));
    }

    /** Parts since TDS 7.2, one text before. */
    private static Arbitrary<List<String>> tableName(TdsVersion version) {
        int parts = version.atLeast(TdsVersion.V7_2) ? 4 : 1;
        return text(100).list().ofMinSize(1).ofMaxSize(parts);
    }

    /** In the form of the feature's first version, which stands unless the server acknowledged another. */
    private static Arbitrary<DataClassification> dataClassification() {
        Arbitrary<byte[]> name = text(30).map(TokenSamples::shortText);
        Arbitrary<byte[]> names = Combinators.combine(name, name)
                .as(TokenSamples::joined)
                .list()
                .ofMaxSize(3)
                .map(TokenSamples::counted);
        Arbitrary<byte[]> property = Arbitraries.bytes().array(byte[].class).ofSize(4);
        Arbitrary<byte[]> columns = property.list()
                .ofMaxSize(3)
                .map(TokenSamples::counted)
                .list()
                .ofMaxSize(4)
                .map(TokenSamples::counted);
        return Combinators.combine(names, names, columns)
                .as((labels, types, properties) -> new DataClassification(joined(joined(labels, types), properties)));
    }

    private static byte[] shortText(String text) {
        byte[] bytes = Utf16.encode(text);
        return joined(new byte[] {(byte) text.length()}, bytes);
    }

    private static byte[] counted(List<byte[]> parts) {
        byte[] bytes = {(byte) parts.size(), 0};
        for (byte[] part : parts) {
            bytes = joined(bytes, part);
        }
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Arbitrary<Done> done() {
        return Combinators.combine(
                        Arbitraries.of(Done.Kind.class),
                        Arbitraries.integers().between(0, 0xFFFF),
                        Arbitraries.integers().between(0, 0xFFFF),
                        Arbitraries.longs().between(0, 0xFFFF_FFFFL))
                .as(Done::new);
    }

    private static Arbitrary<ServerMessage> message() {
        Arbitrary<Integer> oneByte = Arbitraries.integers().between(0, 255);
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers(),
                        oneByte,
                        oneByte,
                        text(2000),
                        text(255),
                        text(255),
                        Arbitraries.longs().between(0, 0xFFFF))
                .as(ServerMessage::new);
    }

    private static Arbitrary<EnvChange> envChange() {
        Arbitrary<Collation> collation = Combinators.combine(
                        Arbitraries.integers(), Arbitraries.integers().between(0, 255))
                .as(Collation::new)
                .injectNull(0.3);
        return Arbitraries.oneOf(List.of(
                Combinators.combine(Arbitraries.of(1, 2, 3, 4, 5, 6, 13, 19), text(255), text(255))
                        .as(EnvChange.Text::new),
                Combinators.combine(collation, collation).as(EnvChange.CollationChange::new),
                Combinators.combine(Arbitraries.of(8, 9, 10, 11, 12, 17), Arbitraries.longs(), Arbitraries.longs())
                        .as(EnvChange.Transaction::new),
                Arbitraries.just(new EnvChange.ResetAcknowledged()),
                Combinators.combine(
                                Arbitraries.integers().between(0, 255),
                                Arbitraries.integers().between(0, 0xFFFF),
                                text(300),
                                text(128).injectNull(0.5))
                        .as(EnvChange.Routing::new),
                Combinators.combine(Arbitraries.of(15, 16, 99), bytes(300)).as(EnvChange.Other::new)));
    }

    static Arbitrary<List<Column>> columns(TdsVersion version) {
        Arbitrary<Integer> flags = Arbitraries.integers().between(0, 0xFFFF).map(f -> f & ~Column.ENCRYPTED);
        Arbitrary<Integer> userType = Arbitraries.integers().between(0, 0xFFFF);
        Arbitrary<TypeInfo> types =
                version.atLeast(TdsVersion.V7_4) ? TypedValue.types().filter(type -> !hasTableName(type)) : oldTypes();
        Arbitrary<Column> column = Combinators.combine(text(128), types, flags, userType)
                .as((name, type, f, user) -> new Column(name, type, f, user, List.of()));
        Arbitrary<Column> lob = Combinators.combine(
                        text(128), Arbitraries.of("text", "ntext", "image"), flags, tableName(version))
                .as((name, type, f, table) -> new Column(name, TypeInfo.ofSql(type), f, 0, table));
        return Arbitraries.frequencyOf(Tuple.of(4, column), Tuple.of(1, lob))
                .list()
                .ofMaxSize(12);
    }

    private static boolean hasTableName(TypeInfo type) {
        return type.type() == DataType.TEXT || type.type() == DataType.NTEXT || type.type() == DataType.IMAGE;
    }

    private static Arbitrary<TypeInfo> oldTypes() {
        return Arbitraries.of(
                TypeInfo.integer(),
                TypeInfo.of(DataType.INT4),
                TypeInfo.bit(),
                TypeInfo.money(),
                TypeInfo.decimal(38, 10),
                TypeInfo.datetime(),
                TypeInfo.uniqueidentifier(),
                TypeInfo.varchar(20, Collation.DEFAULT),
                TypeInfo.nvarchar(4000, Collation.DEFAULT),
                TypeInfo.varbinary(8000));
    }

    private static Arbitrary<ReturnValue> returnValue(TdsVersion version) {
        Arbitrary<TypedValue> values = version.atLeast(TdsVersion.V7_4)
                ? TypedValue.any().filter(value -> value.value() != null || value.canBeNull())
                : oldTypes().flatMap(type -> TypedValue.valuesOf(type).map(value -> new TypedValue(type, value)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 0xFFFF),
                        text(128),
                        Arbitraries.of(1, 2),
                        Arbitraries.integers().between(0, 0xFFFF),
                        values)
                .as((ordinal, name, status, userType, value) ->
                        new ReturnValue(ordinal, name, status, userType, Column.NULLABLE, value.type(), value.value()));
    }

    private static Arbitrary<ColInfo.Entry> colInfo() {
        Arbitrary<Integer> oneByte = Arbitraries.integers().between(0, 255);
        return Combinators.combine(oneByte, oneByte, oneByte, text(128).injectNull(0.5))
                .as((column, table, status, name) -> new ColInfo.Entry(
                        column,
                        table,
                        name == null ? status & ~ColInfo.Entry.DIFFERENT_NAME : status | ColInfo.Entry.DIFFERENT_NAME,
                        name));
    }

    private static Arbitrary<LoginAck> loginAck() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers(),
                        text(255),
                        Arbitraries.integers())
                .as(LoginAck::new);
    }

    private static Arbitrary<Map<Integer, byte[]>> features(int first, int last) {
        return Arbitraries.maps(Arbitraries.integers().between(first, last), bytes(400))
                .ofMaxSize(6)
                .map(LinkedHashMap::new);
    }

    private static Arbitrary<byte[]> bytes(int most) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(most);
    }

    private static StringArbitrary text(int most) {
        return Arbitraries.strings().ofMaxLength(most);
    }
}
