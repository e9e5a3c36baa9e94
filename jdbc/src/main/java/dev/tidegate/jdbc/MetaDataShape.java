package dev.tidegate.jdbc;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The columns that JDBC wants of one metadata call, each with where its value comes from: what the server's procedures call differently and
 * in part count differently.
 */
final class MetaDataShape {
    /** Computes a column from a row of the server's answer. */
    @FunctionalInterface
    interface Source {
        Object value(Lookup answer, Object[] row);
    }

    /**
     * No statement has made such a result, and it is all in memory; but it ends with its connection like any other.
     *
     * @param session null if no server was asked
     */
    private record Origin(Session session) implements TidegateResultSet.Owner {
        @Override
        public Statement statement() {
            return null;
        }

        @Override
        public boolean isConnectionClosed() {
            return session != null && session.wasClosed();
        }

        @Override
        public void resultClosed() {
            // Nobody to tell.
        }
    }

    private final List<Column> columns = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();

    /** A text column with the same name in the answer. */
    MetaDataShape text(String name) {
        return text(name, name);
    }

    MetaDataShape text(String name, String from) {
        return text(name, (answer, row) -> answer.value(row, from));
    }

    MetaDataShape text(String name, Source source) {
        return add(name, TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT), (answer, row) -> {
            Object value = source.value(answer, row);
            return value == null ? null : value.toString();
        });
    }

    MetaDataShape number(String name) {
        return number(name, name);
    }

    MetaDataShape number(String name, String from) {
        return number(name, (answer, row) -> answer.value(row, from));
    }

    MetaDataShape number(String name, Source source) {
        return add(name, TypeInfo.integer(), (answer, row) -> {
            Object value = source.value(answer, row);
            if (value instanceof Boolean flag) {
                return flag ? 1 : 0;
            }
            return value instanceof Number number ? (Object) number.intValue() : null;
        });
    }

    MetaDataShape flag(String name, Source source) {
        return add(name, TypeInfo.bit(), (answer, row) -> {
            Object value = source.value(answer, row);
            return value instanceof Number number ? (Object) (number.intValue() != 0) : value;
        });
    }

    /** A column that is always NULL here. */
    MetaDataShape nothing(String name) {
        return text(name, (answer, row) -> null);
    }

    private MetaDataShape add(String name, TypeInfo type, Source source) {
        columns.add(new Column(name, type, Column.NULLABLE));
        sources.add(source);
        return this;
    }

    /** @param order names of the columns to sort by; none keeps the server's order */
    TidegateResultSet apply(Lookup answer, String... order) {
        List<Object[]> rows = new ArrayList<>(answer.rows().size());
        for (Object[] row : answer.rows()) {
            Object[] target = new Object[sources.size()];
            for (int i = 0; i < target.length; i++) {
                target[i] = sources.get(i).value(answer, row);
            }
            rows.add(target);
        }
        return result(answer.session(), rows, order);
    }

    /**
     * What is the same for every server.
     *
     * @param rows values in this shape's own order
     */
    TidegateResultSet result(List<Object[]> rows, String... order) {
        return result(null, rows, order);
    }

    private TidegateResultSet result(Session asked, List<Object[]> rows, String... order) {
        Comparator<Object[]> comparator = null;
        for (String name : order) {
            Comparator<Object[]> next = by(indexOf(name));
            comparator = comparator == null ? next : comparator.thenComparing(next);
        }
        if (comparator != null) {
            rows.sort(comparator);
        }
        return new TidegateResultSet(new MemoryRows(columns, rows), new Origin(asked), 0);
    }

    private int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " is no column of this result");
    }

    private static Comparator<Object[]> by(int column) {
        return (a, b) -> {
            Object left = a[column];
            Object right = b[column];
            if (left instanceof Integer first && right instanceof Integer second) {
                return Integer.compare(first, second);
            }
            return Objects.toString(left, "").compareTo(Objects.toString(right, ""));
        };
    }
}
