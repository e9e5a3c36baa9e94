package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/**
 * ALL_HEADERS: what stands before the body of SQL batches, RPC and transaction manager requests since TDS 7.2 ([MS-TDS] 2.2.5.3).
 *
 * @param transactionDescriptor of the transaction that the request runs in, as ENVCHANGE gave it; 0 for none
 * @param outstandingRequests how many requests of the session are running, this one included: 1 without MARS
 * @param queryNotification null if none is asked for
 * @param traceActivity null if there is none; TDS 7.4
 */
public record RequestHeaders(
        long transactionDescriptor,
        int outstandingRequests,
        QueryNotification queryNotification,
        TraceActivity traceActivity) {
    /** No transaction; also what stands for the headers that TDS 7.1 does not have. */
    public static final RequestHeaders NONE = new RequestHeaders(0);

    private static final int QUERY_NOTIFICATION = 1;
    private static final int TRANSACTION_DESCRIPTOR = 2;
    private static final int TRACE_ACTIVITY = 3;

    private static final int TRANSACTION_DESCRIPTOR_LENGTH = 18;
    private static final int TRACE_ACTIVITY_LENGTH = 26;

    /** Largest ALL_HEADERS accepted, in bytes: both texts of a notification at their longest fit. */
    private static final int MAX_LENGTH = 256 * 1024;

    /**
     * A subscription to changes of the request's result ([MS-TDS] 2.2.5.3.1).
     *
     * @param timeoutMillis 0 to 2^32 − 1; null if left out
     */
    public record QueryNotification(String notifyId, String ssbDeployment, Long timeoutMillis) {}

    /**
     * The client's activity, for tracing ([MS-TDS] 2.2.5.3.3).
     *
     * @param activityId a GUID, 16 bytes as on the wire
     * @param sequence 0 to 2^32 − 1
     */
    public record TraceActivity(byte[] activityId, long sequence) {}

    public RequestHeaders(long transactionDescriptor) {
        this(transactionDescriptor, 1, null, null);
    }

    /** Reads the headers; {@link #NONE}, and nothing read, below TDS 7.2. */
    public static RequestHeaders read(TdsReader in, TdsVersion version) throws IOException {
        if (!version.atLeast(TdsVersion.V7_2)) {
            return NONE;
        }
        long start = in.position();
        long total = in.readUnsignedInt();
        if (total < 4 || total > MAX_LENGTH) {
            throw new TdsProtocolException("ALL_HEADERS claims a length of " + total + " bytes", start);
        }
        RequestHeaders headers = new RequestHeaders(0, 0, null, null);
        int seen = 0;
        while (in.position() - start < total) {
            long headerStart = in.position();
            long length = in.readUnsignedInt();
            if (length < 6 || headerStart - start + length > total) {
                throw new TdsProtocolException(
                        "a header claims " + length + " bytes; ALL_HEADERS has " + (total - (headerStart - start))
                                + " left",
                        headerStart);
            }
            int type = in.readUnsignedShort();
            if (type <= TRACE_ACTIVITY) {
                if ((seen & 1 << type) != 0) {
                    throw new TdsProtocolException("header type " + type + " stands twice in ALL_HEADERS", headerStart);
                }
                seen |= 1 << type;
            }
            headers = headers.readHeader(in, type, headerStart, length);
        }
        if ((seen & 1 << TRANSACTION_DESCRIPTOR) == 0) {
            throw new TdsProtocolException("ALL_HEADERS has no transaction descriptor", start);
        }
        return headers;
    }

    /** Writes the headers; nothing below TDS 7.2. The trace activity is left out below 7.4. */
    public void write(TdsWriter out, TdsVersion version) throws IOException {
        if (!version.atLeast(TdsVersion.V7_2)) {
            return;
        }
        boolean trace = traceActivity != null && version.atLeast(TdsVersion.V7_4);
        int notification = queryNotification == null ? 0 : length(queryNotification);
        out.writeInt(4 + notification + TRANSACTION_DESCRIPTOR_LENGTH + (trace ? TRACE_ACTIVITY_LENGTH : 0));
        if (queryNotification != null) {
            write(out, queryNotification, notification);
        }
        out.writeInt(TRANSACTION_DESCRIPTOR_LENGTH);
        out.writeShort(TRANSACTION_DESCRIPTOR);
        out.writeLong(transactionDescriptor);
        out.writeInt(outstandingRequests);
        if (trace) {
            out.writeInt(TRACE_ACTIVITY_LENGTH);
            out.writeShort(TRACE_ACTIVITY);
            out.writeBytes(traceActivity.activityId(), 0, 16);
            out.writeInt((int) traceActivity.sequence());
        }
    }

    private RequestHeaders readHeader(TdsReader in, int type, long start, long length) throws IOException {
        switch (type) {
            case TRANSACTION_DESCRIPTOR -> {
                expect(length == TRANSACTION_DESCRIPTOR_LENGTH, "transaction descriptor", length, start);
                return new RequestHeaders(in.readLong(), in.readInt(), queryNotification, traceActivity);
            }
            case TRACE_ACTIVITY -> {
                expect(length == TRACE_ACTIVITY_LENGTH, "trace activity", length, start);
                TraceActivity trace = new TraceActivity(in.readBytes(16, 16, "activity id"), in.readUnsignedInt());
                return new RequestHeaders(transactionDescriptor, outstandingRequests, queryNotification, trace);
            }
            case QUERY_NOTIFICATION -> {
                String id = readText(in, start + length, "notification id");
                String deployment = readText(in, start + length, "service broker deployment");
                long left = start + length - in.position();
                expect(left == 0 || left == 4, "query notification", length, start);
                Long timeout = left == 4 ? in.readUnsignedInt() : null;
                return new RequestHeaders(
                        transactionDescriptor,
                        outstandingRequests,
                        new QueryNotification(id, deployment, timeout),
                        traceActivity);
            }
            default -> throw new TdsProtocolException("unknown header type " + type + " in ALL_HEADERS", start + 4);
        }
    }

    private static String readText(TdsReader in, long end, String what) throws IOException {
        if (end - in.position() < 2) {
            throw new TdsProtocolException("the " + what + " lies outside its header", in.position());
        }
        int bytes = in.readUnsignedShort();
        if ((bytes & 1) != 0 || bytes > end - in.position()) {
            throw new TdsProtocolException(
                    "the " + what + " claims " + bytes + " bytes; its header has " + (end - in.position()) + " left",
                    in.position());
        }
        return in.readUtf16(bytes / 2, 65_535, what);
    }

    private static int length(QueryNotification notification) {
        return 6
                + 2
                + 2 * notification.notifyId().length()
                + 2
                + 2 * notification.ssbDeployment().length()
                + (notification.timeoutMillis() == null ? 0 : 4);
    }

    private static void write(TdsWriter out, QueryNotification notification, int length) throws IOException {
        out.writeInt(length);
        out.writeShort(QUERY_NOTIFICATION);
        out.writeShort(2 * notification.notifyId().length());
        out.writeUtf16(notification.notifyId());
        out.writeShort(2 * notification.ssbDeployment().length());
        out.writeUtf16(notification.ssbDeployment());
        if (notification.timeoutMillis() != null) {
            out.writeInt(notification.timeoutMillis().intValue());
        }
    }

    private static void expect(boolean good, String what, long length, long position) throws TdsProtocolException {
        if (!good) {
            throw new TdsProtocolException("the " + what + " header cannot have " + length + " bytes", position);
        }
    }
}
