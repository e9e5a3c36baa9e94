package dev.tidegate.arrow.adbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.TableName;
import dev.tidegate.client.range.KeyRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may come from anywhere: it is a range of a table, or it is refused. */
class PartitionTest {
    private static final TableName TABLE = new TableName(List.of("db", "s]x", "t'; DROP TABLE u --"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAST(-5 AS int)",
                "CAST(12.50 AS decimal(5,2))",
                "CAST(1.5 AS smallmoney)",
                "CAST('2024-02-29' AS date)",
                "CAST('0001-01-01T00:00:00' AS datetime2(7))"
            })
    void comesBackAsItWas(String bound) {
        for (KeyRange range : new KeyRange[] {
            null,
            new KeyRange("k]", null, bound, true),
            new KeyRange("k]", bound, null, false),
            new KeyRange("k]", bound, bound, false),
            new KeyRange("ключ", null, null, true)
        }) {
            Partition part = new Partition(TABLE, List.of("a", "b]]"), range);
            ByteBuffer bytes = part.toBytes();
            assertThat(Partition.of(bytes)).isEqualTo(part);
            assertThat(Partition.of(bytes)).as("read a second time").isEqualTo(part);
        }
        assertThat(new Partition(TABLE, List.of("a", "b]]"), new KeyRange("k]", bound, bound, false)).sql())
                .isEqualTo("SELECT [a], [b]]]]] FROM [db].[s]]x].[t'; DROP TABLE u --] WHERE [k]]] >= " + bound
                        + " AND [k]]] < " + bound);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "CAST(1 AS int) OR 1 = 1",
                "CAST((SELECT 1) AS int)",
                "CAST('2024-02-29' AS date); DROP TABLE t",
                "CAST('x' AS date)",
                "CAST('2024-02-29T00:00:00'' OR 1=1' AS date)",
                "CAST(1 AS [int])",
                "CAST(1 AS int)\n",
                "CAST(1e5 AS float)",
                "cast(1 as int)",
                ""
            })
    void aBoundThatIsMoreThanAConstantIsRefused(String bound) {
        assertThatThrownBy(() -> new KeyRange("k", bound, null, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyRange("k", null, bound, false)).isInstanceOf(IllegalArgumentException.class);
        byte[] good = new Partition(TABLE, List.of("a"), new KeyRange("k", "CAST(1 AS int)", null, false))
                .toBytes()
                .array();
        byte[] changed = replaced(good, "CAST(1 AS int)", bound);
        assertThatThrownBy(() -> Partition.of(ByteBuffer.wrap(changed))).isInstanceOf(IllegalArgumentException.class);
    }

    /** With the length that stands before it. */
    private static byte[] replaced(byte[] bytes, String old, String now) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String before = (char) 0 + "" + (char) old.length() + old;
        assertThat(text).contains(before);
        return text.replace(before, (char) 0 + "" + (char) now.length() + now).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatIsCutOrLongerIsRefused() {
        byte[] whole = new Partition(TABLE, List.of("a", "b"), new KeyRange("k", null, "CAST(1 AS int)", true))
                .toBytes()
                .array();
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
            assertThatThrownBy(() -> Partition.of(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        ByteBuffer longer = ByteBuffer.allocate(whole.length + 1).put(whole).rewind();
        assertThatThrownBy(() -> Partition.of(longer)).hasMessageContaining("something follows");
        assertThatThrownBy(() -> Partition.of(ByteBuffer.allocate(1 << 25))).hasMessageContaining("bytes");
    }

    /** Nothing but a refusal, whatever the bytes are; and no more memory than they have. */
    @Test
    void brokenBytesAreRefused() {
        Random random = new Random(9);
        byte[] whole = new Partition(TABLE, List.of("a", "b"), new KeyRange("k", null, "CAST(1 AS int)", true))
                .toBytes()
                .array();
        for (int round = 0; round < 20_000; round++) {
            byte[] broken = whole.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                String sql = Partition.of(ByteBuffer.wrap(broken)).sql();
                assertThat(sql).startsWith("SELECT [");
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
