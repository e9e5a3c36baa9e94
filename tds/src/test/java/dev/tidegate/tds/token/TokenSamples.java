package dev.tidegate.tds.token;

import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Tokens of every kind, with any contents that their form can hold in every version of the protocol. */
final class TokenSamples {
    private TokenSamples() {}

    static Arbitrary<Token> any() {
        return Arbitraries.oneOf(List.of(
                done().map(Token.class::cast),
                message().map(Token.class::cast),
                envChange().map(Token.class::cast),
                columns().map(ColMetadata::new),
                Arbitraries.integers().map(ReturnStatus::new),
                returnValue().map(Token.class::cast),
                Arbitraries.integers().between(0, 0xFFFF).list().ofMaxSize(300).map(Order::new),
                text(100).map(List::of).list().ofMaxSize(5).map(TabName::new),
                colInfo().list().ofMaxSize(40).map(ColInfo::new),
                loginAck().map(Token.class::cast),
                features(0, 254).map(FeatureExtAck::new),
                Combinators.combine(text(80).injectNull(0.2), text(80).injectNull(0.2))
                        .as(FedAuthInfo::new),
                bytes(600).map(SspiToken::new),
                Combinators.combine(Arbitraries.integers(), Arbitraries.of(true, false), features(0, 255))
                        .as(SessionState::new)));
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

    static Arbitrary<List<Column>> columns() {
        Arbitrary<Integer> flags = Arbitraries.integers().between(0, 0xFFFF).map(f -> f & ~Column.ENCRYPTED);
        Arbitrary<Integer> userType = Arbitraries.integers().between(0, 0xFFFF);
        Arbitrary<Column> column = Combinators.combine(text(128), types(), flags, userType)
                .as((name, type, f, user) -> new Column(name, type, f, user, List.of()));
        Arbitrary<Column> lob = Combinators.combine(
                        text(128), Arbitraries.of(DataType.TEXT, DataType.NTEXT), flags, text(50))
                .as((name, type, f, table) -> new Column(
                        name, new TypeInfo(type, 2_147_483_647, 0, 0, Collation.DEFAULT, null), f, 0, List.of(table)));
        return Arbitraries.frequencyOf(Tuple.of(4, column), Tuple.of(1, lob))
                .list()
                .ofMaxSize(12);
    }

    private static Arbitrary<TypeInfo> types() {
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

    private static Arbitrary<ReturnValue> returnValue() {
        return Arbitraries.oneOf(List.of(
                Arbitraries.integers().injectNull(0.2).map(i -> returnValue(TypeInfo.integer(), i)),
                text(60).injectNull(0.2).map(s -> returnValue(TypeInfo.nvarchar(100, Collation.DEFAULT), s)),
                Arbitraries.longs().map(l -> returnValue(TypeInfo.decimal(20, 3), BigDecimal.valueOf(l, 3))),
                bytes(100).map(b -> returnValue(TypeInfo.varbinary(100), b))));
    }

    private static ReturnValue returnValue(TypeInfo type, Object value) {
        return new ReturnValue(3, "@p", 1, 0, Column.NULLABLE, type, value);
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
        return Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(most);
    }
}
