package dev.tidegate.tds;

import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.FedAuthRequest;
import dev.tidegate.tds.message.FedAuthToken;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.Login7Builder;
import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.message.ProgramVersion;
import dev.tidegate.tds.message.RequestHeaders;
import dev.tidegate.tds.message.RequestHeaders.QueryNotification;
import dev.tidegate.tds.message.RequestHeaders.TraceActivity;
import dev.tidegate.tds.message.RpcCall;
import dev.tidegate.tds.message.RpcParameter;
import dev.tidegate.tds.message.RpcRequest;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.message.SspiMessage;
import dev.tidegate.tds.message.TableValue;
import dev.tidegate.tds.message.TransactionManagerRequest;
import dev.tidegate.tds.message.TransactionManagerRequest.Begin;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.token.TokenSamples;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.TypedValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Messages of every kind, with any contents that their form can hold, in every version that has them. */
final class MessageSamples {
    /** Types that all versions have. */
    private static final List<TypeInfo> OLD_TYPES = Stream.of(
                    "int",
                    "bit",
                    "bigint",
                    "decimal(20,4)",
                    "money",
                    "datetime",
                    "uniqueidentifier",
                    "varchar(30)",
                    "nvarchar(40)",
                    "varbinary(50)")
            .map(TypeInfo::ofSql)
            .toList();

    private MessageSamples() {}

    /** Of any kind, all kinds equally often. */
    static Arbitrary<MessageSample<?>> any() {
        List<Arbitrary<MessageSample<?>>> kinds = new ArrayList<>();
        kinds.add(prelogins().map(prelogin -> sample(PacketType.PRELOGIN, prelogin, Prelogin::write, Prelogin::read)));
        kinds.add(logins().map(login -> sample(PacketType.LOGIN7, login, Login7::write, Login7::read)));
        kinds.add(fedAuthTokens()
                .map(token -> sample(PacketType.FEDAUTH_TOKEN, token, FedAuthToken::write, FedAuthToken::read)));
        kinds.add(bytes(700)
                .map(data -> new MessageSample<>(
                        PacketType.SSPI,
                        TdsVersion.V7_4,
                        new SspiMessage(data),
                        true,
                        (message, out, version) -> message.write(out),
                        (in, version) -> SspiMessage.read(in))));
        kinds.add(versions()
                .flatMap(version -> batches(version)
                        .map(batch -> new MessageSample<>(
                                PacketType.SQL_BATCH, version, batch, true, SqlBatch::write, SqlBatch::read))));
        kinds.add(versions()
                .flatMap(version -> rpcs(version)
                        .map(rpc -> new MessageSample<>(
                                PacketType.RPC, version, rpc, true, RpcRequest::write, RpcRequest::read))));
        kinds.add(versions()
                .flatMap(version -> transactions(version)
                        .map(request -> new MessageSample<>(
                                PacketType.TRANSACTION_MANAGER,
                                version,
                                request,
                                request instanceof TransactionManagerRequest.Other,
                                TransactionManagerRequest::write,
                                TransactionManagerRequest::read))));
        kinds.add(versions().map(version -> stream(PacketType.ATTENTION, version, new TokenStream(List.of()))));
        kinds.add(versions()
                .flatMap(version -> bulkLoads(version).map(load -> stream(PacketType.BULK_LOAD, version, load))));
        kinds.add(versions()
                .flatMap(version -> answers(version).map(answer -> stream(PacketType.RESPONSE, version, answer))));
        return Arbitraries.oneOf(kinds);
    }

    /** Writes a payload that is the same in every version. */
    @FunctionalInterface
    private interface PlainWriter<T> {
        void write(T message, TdsWriter out) throws IOException;
    }

    private static <T> MessageSample<T> sample(
            PacketType type, T message, PlainWriter<T> writer, Wire.Reading<T> reading) {
        return new MessageSample<>(
                type,
                TdsVersion.V7_4,
                message,
                false,
                (value, out, version) -> writer.write(value, out),
                (in, version) -> reading.from(in));
    }

    private static MessageSample<TokenStream> stream(PacketType type, TdsVersion version, TokenStream stream) {
        return new MessageSample<>(type, version, stream, true, TokenStream::write, TokenStream::read);
    }

    static Arbitrary<TdsVersion> versions() {
        return Arbitraries.of(TdsVersion.V7_1, TdsVersion.V7_2, TdsVersion.V7_4, TdsVersion.V8_0);
    }

    private static Arbitrary<Prelogin> prelogins() {
        Arbitrary<ProgramVersion> version = Combinators.combine(
                        number(255), number(255), number(65_535), number(65_535))
                .as(ProgramVersion::new);
        Arbitrary<Prelogin.Builder> some = Combinators.combine(
                        version, Arbitraries.of(Encryption.class), text(60), Arbitraries.longs(), flags(), flags())
                .as((program, encryption, instance, thread, mars, fedAuth) -> Prelogin.builder()
                        .version(program)
                        .encryption(encryption)
                        .instance(instance.replace("\0", ""))
                        .threadId(thread & 0xFFFF_FFFFL)
                        .mars(mars)
                        .fedAuthRequired(fedAuth));
        return Combinators.combine(
                        some,
                        bytesOf(Prelogin.NONCE_LENGTH).injectNull(0.5),
                        bytesOf(Prelogin.TRACE_ID_LENGTH).injectNull(0.5),
                        number(254).filter(id -> id > 7).injectNull(0.5),
                        bytes(300))
                .as((builder, nonce, trace, unknown, data) -> {
                    if (nonce != null) {
                        builder.nonce(nonce);
                    }
                    if (trace != null) {
                        builder.traceId(trace);
                    }
                    return unknown == null
                            ? builder.build()
                            : builder.option(unknown, data).build();
                });
    }

    private static Arbitrary<Login7> logins() {
        Arbitrary<Login7Builder> names = Combinators.combine(text(128), text(128), text(128), text(128), text(128))
                .as((host, user, password, application, server) -> Login7.builder()
                        .hostName(host)
                        .userName(user)
                        .password(password)
                        .applicationName(application)
                        .serverName(server));
        Arbitrary<LoginFeature> feature = Arbitraries.oneOf(List.of(
                Combinators.combine(number(254).filter(id -> id > 0), bytes(300))
                        .as(LoginFeature::new),
                fedAuthRequests().map(LoginFeature::fedAuth),
                text(40).map(LoginFeature::userAgent)));
        return Combinators.combine(
                        names,
                        text(128),
                        text(128),
                        text(260),
                        text(128),
                        bytesOf(Login7.CLIENT_ID_LENGTH),
                        bytes(200),
                        feature.list().ofMaxSize(5))
                .as((builder, library, database, file, newPassword, client, sspi, features) -> {
                    features.forEach(builder::feature);
                    return builder.libraryName(library)
                            .database(database)
                            .attachDatabaseFile(file)
                            .newPassword(newPassword)
                            .clientId(client)
                            .sspi(sspi)
                            .build();
                });
    }

    private static Arbitrary<FedAuthRequest> fedAuthRequests() {
        return Arbitraries.oneOf(
                Combinators.combine(number(3), flags()).as(FedAuthRequest::entra),
                Combinators.combine(
                                bytes(200),
                                flags(),
                                bytesOf(Prelogin.NONCE_LENGTH).injectNull(0.5))
                        .as(FedAuthRequest::securityToken));
    }

    private static Arbitrary<FedAuthToken> fedAuthTokens() {
        return Combinators.combine(bytes(1500), bytesOf(Prelogin.NONCE_LENGTH).injectNull(0.5))
                .as(FedAuthToken::new);
    }

    /** What a version has no place for is left out. */
    static Arbitrary<RequestHeaders> headers(TdsVersion version) {
        if (!version.atLeast(TdsVersion.V7_2)) {
            return Arbitraries.just(RequestHeaders.NONE);
        }
        Arbitrary<QueryNotification> notification = Combinators.combine(
                        text(60),
                        text(60),
                        Arbitraries.longs().between(0, 0xFFFF_FFFFL).injectNull(0.3))
                .as(QueryNotification::new);
        Arbitrary<TraceActivity> trace = Combinators.combine(
                        bytesOf(16), Arbitraries.longs().between(0, 0xFFFF_FFFFL))
                .as(TraceActivity::new);
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.integers(),
                        notification.injectNull(0.6),
                        trace.injectNull(version.atLeast(TdsVersion.V7_4) ? 0.5 : 1))
                .as(RequestHeaders::new);
    }

    private static Arbitrary<SqlBatch> batches(TdsVersion version) {
        return Combinators.combine(headers(version), Arbitraries.oneOf(text(60), text(1500)))
                .as(SqlBatch::new);
    }

    private static Arbitrary<RpcRequest> rpcs(TdsVersion version) {
        Arbitrary<RpcParameter> parameter = Combinators.combine(
                        text(version.atLeast(TdsVersion.V7_2) ? 128 : 127),
                        Arbitraries.of(0, RpcParameter.BY_REFERENCE, RpcParameter.DEFAULT_VALUE),
                        parameterValues(version))
                .as((name, status, value) -> new RpcParameter(name, status, value.type(), value.value()));
        Arbitrary<RpcParameter> any = version.atLeast(TdsVersion.V7_3A)
                ? Arbitraries.frequencyOf(Tuple.of(5, parameter), Tuple.of(1, tableParameters()))
                : parameter;
        Arbitrary<RpcCall> call = Combinators.combine(
                        number(20),
                        text(90),
                        number(7),
                        any.list().ofMaxSize(6),
                        // below 7.2 no flag says that a call is not to be run
                        version.atLeast(TdsVersion.V7_2) ? Arbitraries.of(true, true, false) : Arbitraries.just(true))
                .as((id, name, options, parameters, run) ->
                        new RpcCall(id, id == 0 ? "p" + name : null, options, parameters, run));
        return Combinators.combine(headers(version), call.list().ofMinSize(1).ofMaxSize(4))
                .as(RpcRequest::new);
    }

    /** A CLR type is declared otherwise in a request, by name only. */
    private static Arbitrary<TypedValue> parameterValues(TdsVersion version) {
        return version.atLeast(TdsVersion.V7_4)
                ? TypedValue.any()
                        .filter(value -> value.value() != null || value.canBeNull())
                        .filter(value -> value.type().sqlType() != SqlTypeName.UDT)
                : oldValues();
    }

    private static Arbitrary<TypedValue> oldValues() {
        return Arbitraries.of(OLD_TYPES)
                .flatMap(type -> TypedValue.valuesOf(type).injectNull(0.2).map(value -> new TypedValue(type, value)));
    }

    private static Arbitrary<RpcParameter> tableParameters() {
        TypeInfo type = new TypeInfo(DataType.TVP, 0, 0, 0, null, new TypeInfo.SchemaName("", "dbo", "rows", null));
        Arbitrary<TableValue> tables = Arbitraries.of(OLD_TYPES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .flatMap(types -> rows(types).list().ofMaxSize(4).map(rows -> table(types, rows)));
        return Arbitraries.oneOf(tables, Arbitraries.just(new TableValue(List.of(), List.of())))
                .map(table -> RpcParameter.in("@t", type, table));
    }

    private static TableValue table(List<TypeInfo> types, List<Object[]> rows) {
        List<Column> columns = types.stream()
                .map(type -> new Column("", type, Column.NULLABLE))
                .toList();
        return rows.size() % 2 == 0
                ? new TableValue(columns, rows)
                : new TableValue(columns, List.of(new TableValue.OrderUnique(1, 5)), List.of(1), rows);
    }

    private static Arbitrary<TransactionManagerRequest> transactions(TdsVersion version) {
        Arbitrary<Begin> next = Combinators.combine(number(5), text(127))
                .as((isolation, name) -> new Begin(RequestHeaders.NONE, isolation, name));
        return Arbitraries.oneOf(List.of(
                Combinators.combine(headers(version), number(5), text(127)).as(Begin::new),
                Combinators.combine(headers(version), text(127), next.injectNull(0.5))
                        .as(TransactionManagerRequest.Commit::new),
                Combinators.combine(headers(version), text(127), next.injectNull(0.5))
                        .as(TransactionManagerRequest.Rollback::new),
                Combinators.combine(headers(version), text(127)).as(TransactionManagerRequest.Save::new),
                Combinators.combine(headers(version), Arbitraries.of(0, 1, 6, 99), bytes(200))
                        .as(TransactionManagerRequest.Other::new)));
    }

    private static Arbitrary<TokenStream> bulkLoads(TdsVersion version) {
        return results(version, Arbitraries.just(RowMarker.ROW)).map(parts -> {
            parts.add(new Done(Done.Kind.DONE, Done.FINAL, 0, 0));
            return new TokenStream(parts);
        });
    }

    /** Several results, and any tokens between them. */
    private static Arbitrary<TokenStream> answers(TdsVersion version) {
        Arbitrary<List<Object>> others =
                TokenSamples.any(version).map(Object.class::cast).list().ofMaxSize(4);
        return Combinators.combine(results(version, Arbitraries.of(RowMarker.class)), others)
                .as((result, tokens) -> {
                    List<Object> parts = new ArrayList<>(result);
                    parts.addAll(tokens);
                    return parts;
                })
                .list()
                .ofMaxSize(3)
                .map(answers ->
                        new TokenStream(answers.stream().flatMap(List::stream).toList()));
    }

    /** A description of columns, and rows of them. */
    private static Arbitrary<List<Object>> results(TdsVersion version, Arbitrary<RowMarker> markers) {
        Arbitrary<TypeInfo> types = version.atLeast(TdsVersion.V7_4) ? TypedValue.types() : Arbitraries.of(OLD_TYPES);
        return types.list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .flatMap(chosen -> Combinators.combine(markers, rows(chosen))
                        .as(TokenStream.Row::new)
                        .list()
                        .ofMaxSize(4)
                        .map(rows -> {
                            List<Object> parts = new ArrayList<>();
                            parts.add(new ColMetadata(chosen.stream()
                                    .map(type -> new Column("c", type, Column.NULLABLE))
                                    .toList()));
                            parts.addAll(rows);
                            return parts;
                        }));
    }

    private static Arbitrary<Object[]> rows(List<TypeInfo> types) {
        List<Arbitrary<Object>> cells = types.stream()
                .map(type -> TypedValue.valuesOf(type)
                        .asGeneric()
                        .injectNull(new TypedValue(type, null).canBeNull() ? 0.3 : 0))
                .toList();
        return Combinators.combine(cells).as(List::toArray);
    }

    private static Arbitrary<Integer> number(int most) {
        return Arbitraries.integers().between(0, most);
    }

    private static Arbitrary<Boolean> flags() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<byte[]> bytes(int most) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(most);
    }

    private static Arbitrary<byte[]> bytesOf(int length) {
        return Arbitraries.bytes().array(byte[].class).ofSize(length);
    }

    private static StringArbitrary text(int most) {
        return Arbitraries.strings().ofMaxLength(most);
    }
}
