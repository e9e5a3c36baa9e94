package dev.tidegate.server.h2.row;

import dev.tidegate.server.tsql.type.SqlType;

/** A cell whose value has to fit its column's type, which its errors name. */
abstract class TypedCell extends Cell {
    final SqlType type;

    TypedCell(SqlType type) {
        this.type = type;
    }
}
