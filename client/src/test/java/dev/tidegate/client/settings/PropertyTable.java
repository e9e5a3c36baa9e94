package dev.tidegate.client.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Writes docs/connection-properties.md from the declaration; run {@link #main} in the module's folder to renew it. */
final class PropertyTable {
    static final Path FILE = Path.of("..", "docs", "connection-properties.md");

    private PropertyTable() {}

    public static void main(String[] arguments) throws Exception {
        Files.writeString(FILE, markdown());
    }

    static String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# Connection properties\n\n");
        text.append("This file is written from `ConnectionProperty`; a test fails if it is stale.\n\n");
        text.append("A URL has one of these forms. The properties go into either, into `java.util.Properties`, and into"
                + " the setters of\n");
        text.append("the data source. Names are those of Microsoft's JDBC driver, and their case does not matter;"
                + " `Properties` go before\n");
        text.append("what the URL says. An unknown name, a value that is not allowed, and two different values for one"
                + " property are errors.\n\n");
        text.append("```\n");
        text.append("jdbc:tidegate://host[\\instance][:port][;name=value]...\n");
        text.append("mssql://[user[:password]@]host[\\instance][:port][/database][?name=value&...]\n");
        text.append("```\n\n");
        text.append("- In a `jdbc:` URL a value in braces may hold any character: `password={a;b}}c}` is `a;b}c`.\n");
        text.append("- In an `mssql:` URL `%xx` stands for a byte of UTF-8; a plus sign stays one.\n");
        text.append("- An IPv6 address stands in square brackets.\n\n");
        text.append("| property | default | allowed | meaning |\n| --- | --- | --- | --- |\n");
        for (ConnectionProperty property : ConnectionProperty.values()) {
            text.append("| `").append(property.propertyName()).append('`');
            if (!property.synonyms().isEmpty()) {
                text.append(property.synonyms().stream()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", ", " (also ", ")")));
            }
            text.append(" | ").append(property.defaultValue() == null ? "" : "`" + property.defaultValue() + "`");
            text.append(" | ").append(property.kind().allowed());
            text.append(" | ").append(property.description());
            text.append(property.isSecret() ? " Never printed." : "").append(" |\n");
        }
        return text.toString();
    }
}
