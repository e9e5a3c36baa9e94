package dev.tidegate.tds.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.sourceforge.jtds.jdbc.CharsetInfo;
import org.junit.jupiter.api.Test;

/** The tables of sort ids, locales and code pages, against those of two drivers that were written without knowledge of ours. */
class CollationPeersTest {
    private static final String MICROSOFT = "com.microsoft.sqlserver.jdbc.SQLCollation$";

    /** Serbian in Latin script, for which Microsoft's driver has what we have; and three locales that do not exist. */
    private static final Map<String, String> MISTAKES_OF_JTDS = Map.of(
            "locale 081A", "jTDS windows-1251, ours 1250",
            "locale 0C19", "jTDS windows-1252, ours 1251",
            "locale 1419", "jTDS windows-1256, ours 1251",
            "locale 1E25", "jTDS windows-1252, ours -1");

    /** An entry of a table of Microsoft's driver. */
    private record Entry(int id, String name, int codePage) {}

    @Test
    void sqlCollationsHaveTheNamesAndCodePagesOfMicrosoftsDriver() throws ReflectiveOperationException {
        List<String> differences = new ArrayList<>();
        for (Entry entry : microsoft("SortOrder", "sortId")) {
            String ours = SqlCollations.nameOf(entry.id).orElse("none");
            int codePage = codePage(new Collation(0x0409, entry.id));
            // the others are sort orders of old servers, for which T-SQL has no name
            boolean named = entry.name.startsWith("SQL_");
            if (named && !ours.equals(entry.name) || codePage != entry.codePage) {
                differences.add(entry + ", ours " + ours + " " + codePage);
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void weNameNoSortIdThatMicrosoftsDriverDoesNotKnow() throws ReflectiveOperationException {
        Set<Integer> known =
                microsoft("SortOrder", "sortId").stream().map(Entry::id).collect(Collectors.toSet());
        assertThat(IntStream.range(1, 256)
                        .filter(id -> SqlCollations.nameOf(id).isPresent())
                        .filter(id -> !known.contains(id)))
                .isEmpty();
    }

    @Test
    void localesHaveTheCodePagesOfMicrosoftsDriver() throws ReflectiveOperationException {
        List<String> differences = new ArrayList<>();
        for (Entry entry : microsoft("WindowsLocale", "langID")) {
            int codePage = codePage(new Collation(entry.id, 0));
            if (codePage != entry.codePage) {
                differences.add(entry + ", ours " + codePage);
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void codePagesAreThoseOfJtds() {
        Map<String, String> differences = new TreeMap<>();
        for (int sortId = 1; sortId < 256; sortId++) {
            compareWithJtds(new Collation(0x0409, sortId), "sort id " + sortId, differences);
        }
        for (int lcid = 1; lcid < 0x10000; lcid++) {
            compareWithJtds(new Collation(lcid, 0), String.format("locale %04X", lcid), differences);
        }
        assertThat(differences).containsExactlyInAnyOrderEntriesOf(MISTAKES_OF_JTDS);
    }

    private static void compareWithJtds(Collation collation, String what, Map<String, String> differences) {
        Optional<Charset> peer = jtds(collation);
        if (peer.isEmpty()) {
            return;
        }
        int codePage = codePage(collation);
        if (codePage < 0 || !CodePages.charset(codePage).equals(peer.get())) {
            differences.put(what, "jTDS " + peer.get() + ", ours " + codePage);
        }
    }

    private static Optional<Charset> jtds(Collation collation) {
        byte[] bytes = {
            (byte) collation.info(),
            (byte) (collation.info() >>> 8),
            (byte) (collation.info() >>> 16),
            0,
            (byte) collation.sortId()
        };
        try {
            return Optional.of(Charset.forName(CharsetInfo.getCharset(bytes).getCharset()));
        } catch (SQLException unknown) {
            return Optional.empty();
        }
    }

    /** -1 if it has none. */
    private static int codePage(Collation collation) {
        try {
            return collation.codePage();
        } catch (UnsupportedCollationException none) {
            return -1;
        }
    }

    private static List<Entry> microsoft(String table, String idField) throws ReflectiveOperationException {
        Class<?> type = Class.forName(MICROSOFT + table);
        List<Entry> entries = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            entries.add(new Entry(
                    (int) field(constant, idField),
                    constant.toString(),
                    codePageOf(field(constant, "encoding").toString())));
        }
        assertThat(entries).hasSizeGreaterThan(50);
        return entries;
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private static int codePageOf(String encoding) {
        return encoding.equals("UNICODE") ? -1 : Integer.parseInt(encoding.substring("CP".length()));
    }
}
