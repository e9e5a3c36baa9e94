package dev.tidegate.tds.token;

import java.util.List;

/** COLMETADATA ([MS-TDS] 2.2.7.4). An empty list is the "no metadata" form. */
public record ColMetadata(List<Column> columns) implements Token {
    public ColMetadata {
        columns = List.copyOf(columns);
    }
}
