package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Field;
import dev.tidegate.bench.data.Kind;
import dev.tidegate.bench.data.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Reads each column of a result by the getter that a program would take for it. */
public final class JdbcRows {
    private final Kind[] kinds;
    private final boolean[] nullable;
    private final boolean javaTime;

    /** @param javaTime false for drivers that are older than java.time */
    public JdbcRows(DataSet set, boolean javaTime) {
        List<Field> fields = set.fields();
        this.kinds = fields.stream().map(Field::kind).toArray(Kind[]::new);
        this.nullable = new boolean[kinds.length];
        for (int i = 0; i < nullable.length; i++) {
            nullable[i] = fields.get(i).nullable();
        }
        this.javaTime = javaTime;
    }

    public Tally read(ResultSet rows) throws SQLException {
        Tally tally = new Tally();
        while (rows.next()) {
            tally.row();
            for (int i = 0; i < kinds.length; i++) {
                switch (kinds[i]) {
                    case BIT -> {
                        boolean value = rows.getBoolean(i + 1);
                        if (nullable[i] && rows.wasNull()) {
                            tally.none();
                        } else {
                            tally.add(value);
                        }
                    }
                    case INT -> {
                        int value = rows.getInt(i + 1);
                        if (nullable[i] && rows.wasNull()) {
                            tally.none();
                        } else {
                            tally.add(value);
                        }
                    }
                    case LONG -> {
                        long value = rows.getLong(i + 1);
                        if (nullable[i] && rows.wasNull()) {
                            tally.none();
                        } else {
                            tally.add(value);
                        }
                    }
                    case DOUBLE -> {
                        double value = rows.getDouble(i + 1);
                        if (nullable[i] && rows.wasNull()) {
                            tally.none();
                        } else {
                            tally.add(value);
                        }
                    }
                    case DECIMAL -> tally.add(Kind.DECIMAL, rows.getBigDecimal(i + 1));
                    case DATE -> tally.add(Kind.DATE, date(rows, i + 1));
                    case TIMESTAMP -> tally.add(Kind.TIMESTAMP, rows.getObject(i + 1, LocalDateTime.class));
                    case TEXT -> tally.add(Kind.TEXT, rows.getString(i + 1));
                }
            }
        }
        return tally;
    }

    private LocalDate date(ResultSet rows, int column) throws SQLException {
        if (javaTime) {
            return rows.getObject(column, LocalDate.class);
        }
        java.sql.Date date = rows.getDate(column);
        return date == null ? null : date.toLocalDate();
    }
}
