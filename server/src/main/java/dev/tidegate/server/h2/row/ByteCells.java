package dev.tidegate.server.h2.row;

import dev.tidegate.server.h2.routine.JavaForm;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.UUID;
import org.h2.value.Value;
import org.h2.value.ValueUuid;

/** Cells of text and of what else is bytes. */
final class ByteCells {
    private ByteCells() {}

    /** Character types, xml and json. */
    static final class Text extends Cell {
        private final SqlType type;

        Text(SqlType type) {
            this.type = type;
        }

        @Override
        void read(Value value) {
            text = JavaForm.text(value.getString(), type);
        }
    }

    /** Binary types. What H2 keeps is lent, not copied. */
    static final class Binary extends Cell {
        @Override
        void read(Value value) {
            bytes = value.getBytesNoCopy();
        }
    }

    /** uniqueidentifier. */
    static final class Guid extends Cell {
        @Override
        void read(Value value) {
            if (value instanceof ValueUuid uuid) {
                high = uuid.getHigh();
                low = uuid.getLow();
            } else {
                UUID uuid = UUID.fromString(value.getString());
                high = uuid.getMostSignificantBits();
                low = uuid.getLeastSignificantBits();
            }
        }
    }
}
