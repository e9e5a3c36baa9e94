package dev.tidegate.tds.token;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a result says of its origin: TABNAME, COLINFO and ORDER ([MS-TDS] 2.2.7.23, 2.2.7.3, 2.2.7.17). */
final class BrowseTokenCodec {
    private static final int MAX_LENGTH = 0xFFFF;

    private BrowseTokenCodec() {}

    static TabName readTabName(TdsReader in, TdsVersion version) throws IOException {
        TokenBody body = TokenBody.ofShortLength(in, "TABNAME");
        List<List<String>> tables = new ArrayList<>();
        while (!body.atEnd()) {
            tables.add(ColMetadataCodec.readTableName(in, version));
        }
        body.finish();
        return new TabName(tables);
    }

    static void write(TdsWriter out, TabName token, TdsVersion version) throws IOException {
        out.writeByte(TokenType.TABNAME);
        out.writeShort(checked(
                token.tables().stream()
                        .mapToInt(parts -> ColMetadataCodec.tableNameLength(parts, version))
                        .sum(),
                "TABNAME"));
        for (List<String> parts : token.tables()) {
            ColMetadataCodec.writeTableName(out, parts, version);
        }
    }

    static ColInfo readColInfo(TdsReader in) throws IOException {
        TokenBody body = TokenBody.ofShortLength(in, "COLINFO");
        List<ColInfo.Entry> columns = new ArrayList<>();
        while (!body.atEnd()) {
            int column = in.readUnsignedByte();
            int table = in.readUnsignedByte();
            int status = in.readUnsignedByte();
            String name = (status & ColInfo.Entry.DIFFERENT_NAME) != 0 ? in.readBVarchar("column name") : null;
            columns.add(new ColInfo.Entry(column, table, status, name));
        }
        body.finish();
        return new ColInfo(columns);
    }

    static void write(TdsWriter out, ColInfo token) throws IOException {
        int length = 0;
        for (ColInfo.Entry column : token.columns()) {
            length += 3 + (column.name() == null ? 0 : 1 + 2 * column.name().length());
        }
        out.writeByte(TokenType.COLINFO);
        out.writeShort(checked(length, "COLINFO"));
        for (ColInfo.Entry column : token.columns()) {
            boolean named = column.name() != null;
            int status = column.status() & ~ColInfo.Entry.DIFFERENT_NAME;
            out.writeByte(column.column());
            out.writeByte(column.table());
            out.writeByte(named ? status | ColInfo.Entry.DIFFERENT_NAME : status);
            if (named) {
                out.writeBVarchar(column.name());
            }
        }
    }

    static Order readOrder(TdsReader in) throws IOException {
        long position = in.position();
        int length = in.readUnsignedShort();
        if ((length & 1) != 0) {
            throw new TdsProtocolException("ORDER cannot have " + length + " bytes", position);
        }
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < length / 2; i++) {
            columns.add(in.readUnsignedShort());
        }
        return new Order(columns);
    }

    static void write(TdsWriter out, Order token) throws IOException {
        out.writeByte(TokenType.ORDER);
        out.writeShort(checked(2 * token.columns().size(), "ORDER"));
        for (int column : token.columns()) {
            out.writeShort(column);
        }
    }

    private static int checked(int length, String token) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException(token + " of " + length + " bytes; at most " + MAX_LENGTH);
        }
        return length;
    }
}
