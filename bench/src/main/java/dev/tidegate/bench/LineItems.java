package dev.tidegate.bench;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.row.RowEncoder;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/** Rows of the shape of TPC-H's lineitem, 16 columns, made from a fixed seed: the same bytes on every run. */
final class LineItems {
    static final List<TypeInfo> TYPES = List.of(
            TypeInfo.bigint(),
            TypeInfo.integer(),
            TypeInfo.integer(),
            TypeInfo.integer(),
            TypeInfo.decimal(15, 2),
            TypeInfo.decimal(15, 2),
            TypeInfo.decimal(15, 2),
            TypeInfo.decimal(15, 2),
            TypeInfo.charType(1, Collation.DEFAULT),
            TypeInfo.charType(1, Collation.DEFAULT),
            TypeInfo.date(),
            TypeInfo.date(),
            TypeInfo.date(),
            TypeInfo.charType(25, Collation.DEFAULT),
            TypeInfo.charType(10, Collation.DEFAULT),
            TypeInfo.varchar(44, Collation.DEFAULT));

    private static final String[] FLAGS = {"A", "N", "R"};
    private static final String[] INSTRUCTIONS = {"DELIVER IN PERSON", "COLLECT COD", "TAKE BACK RETURN", "NONE"};
    private static final String[] MODES = {"AIR", "SHIP", "TRUCK", "RAIL", "MAIL", "FOB", "REG AIR"};
    private static final LocalDate FIRST_DAY = LocalDate.of(1992, 1, 2);

    private LineItems() {}

    static Object[][] rows(int count) {
        Random random = new Random(42);
        Object[][] rows = new Object[count][];
        for (int i = 0; i < count; i++) {
            LocalDate shipped = FIRST_DAY.plusDays(random.nextInt(2500));
            rows[i] = new Object[] {
                (long) i / 4,
                random.nextInt(200_000),
                random.nextInt(10_000),
                i % 4 + 1,
                BigDecimal.valueOf(100L * (1 + random.nextInt(50)), 2),
                BigDecimal.valueOf(90_000 + random.nextInt(10_000_000), 2),
                BigDecimal.valueOf(random.nextInt(11), 2),
                BigDecimal.valueOf(random.nextInt(9), 2),
                FLAGS[random.nextInt(FLAGS.length)],
                random.nextBoolean() ? "O" : "F",
                shipped,
                shipped.plusDays(random.nextInt(60) - 30),
                shipped.plusDays(random.nextInt(30)),
                INSTRUCTIONS[random.nextInt(INSTRUCTIONS.length)],
                MODES[random.nextInt(MODES.length)],
                "carefully packed, item " + random.nextInt(1_000_000)
            };
        }
        return rows;
    }

    /** The rows as one message of ROW tokens, packet headers included. */
    static byte[] message(Object[][] rows, int packetSize) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        TdsWriter out = new TdsWriter(wire, packetSize);
        RowEncoder encoder = RowEncoder.of(TYPES);
        out.begin(PacketType.RESPONSE);
        for (Object[] row : rows) {
            encoder.encode(out, row);
        }
        out.end();
        return wire.toByteArray();
    }

    static TdsReader open(byte[] message) throws IOException {
        TdsReader in = new TdsReader(new java.io.ByteArrayInputStream(message));
        in.beginMessage();
        return in;
    }
}
