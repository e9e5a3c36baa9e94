package dev.tidegate.bench.data;

import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.util.List;
import java.util.function.LongFunction;

/** A key, and text as it is written in several languages. */
final class Text {
    private static final String[] PLAIN = {"order received", "payment is due in thirty days", "shipped", "returned by customer"};
    private static final String[] LATIN = {"Größe geändert für Straße ", "déjà réglé à Orléans ", "mañana señor número ", "plain words "};
    private static final String[] WIDE = {"東京都千代田区", "契約書の写し", "大阪市北区梅田", "北京市朝阳区"};
    private static final String SENTENCE = "The quick brown fox jumps over the lazy dog and is seen no more. ";

    static final List<Field> FIELDS = List.of(
            new Field("id", TypeInfo.integer(), false, (row, random) -> (int) row),
            field("state", 40, random -> PLAIN[(int) (random % PLAIN.length)]),
            field("remark", 60, random -> LATIN[(int) (random % LATIN.length)] + random % 10_000),
            field("address", 30, random -> WIDE[(int) (random % WIDE.length)] + random % 100),
            field("story", 400, random -> SENTENCE.repeat((int) (random % 5) + 1) + random % 1_000));

    private Text() {}

    private static Field field(String name, int length, LongFunction<String> words) {
        return new Field(name, TypeInfo.nvarchar(length, Collation.DEFAULT), false, (row, random) -> words.apply(random));
    }
}
