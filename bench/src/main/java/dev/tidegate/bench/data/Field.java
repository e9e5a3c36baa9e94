package dev.tidegate.bench.data;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;

/** A column of a data set and how its values are made. */
public record Field(String name, TypeInfo type, boolean nullable, Maker maker) {
    /** Makes a value in the Java form of {@code ValueCodec}. */
    @FunctionalInterface
    interface Maker {
        /**
         * @param row from 0
         * @param random not negative; the same for the same row and column
         */
        Object value(long row, long random);
    }

    public Kind kind() {
        return Kind.of(type);
    }

    Column column() {
        return new Column(name, type, nullable ? Column.NULLABLE : 0);
    }

    /** As it stands in a CREATE TABLE. */
    String definition() {
        return name + " " + type.toSql() + (nullable ? " NULL" : " NOT NULL");
    }
}
