package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.copy.Endpoint.DataFile;
import dev.tidegate.cli.copy.Endpoint.DuckDb;
import dev.tidegate.cli.copy.Endpoint.Format;
import dev.tidegate.cli.copy.Endpoint.SqlServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EndpointTest {
    @Test
    void takesTheTableOutOfAUrl() {
        assertThat(Endpoint.parse("mssql://sa@h:1/db?encrypt=false&table=dbo.%5Bmy%20t%5D&x=1"))
                .isEqualTo(new SqlServer("mssql://sa@h:1/db?encrypt=false&x=1", "dbo.[my t]"));
        assertThat(Endpoint.parse("mssql://h/db?table=a+b")).isEqualTo(new SqlServer("mssql://h/db", "a+b"));
        assertThat(Endpoint.parse("mssql://h/db")).isEqualTo(new SqlServer("mssql://h/db", null));
        assertThat(Endpoint.parse("jdbc:tidegate://h;table=t;user=sa"))
                .isEqualTo(new SqlServer("jdbc:tidegate://h;user=sa", "t"));
    }

    @Test
    void knowsFilesByTheirEnding() {
        assertThat(Endpoint.parse("w.duckdb?table=s.t")).isEqualTo(new DuckDb(Path.of("w.duckdb"), "s.t"));
        assertThat(Endpoint.parse("data/*.PARQUET")).isEqualTo(new DataFile("data/*.PARQUET", Format.PARQUET));
        assertThat(Endpoint.parse("a.csv.gz")).isEqualTo(new DataFile("a.csv.gz", Format.CSV));
        assertThat(Endpoint.parse("a.jsonl")).isEqualTo(new DataFile("a.jsonl", Format.NDJSON));
    }

    @Test
    void refusesOtherTextWithoutItsSecrets() {
        assertThatThrownBy(() -> Endpoint.parse("postgres://me:hush@h/db?password=hush"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("postgres://***@h/db?password=***")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> Endpoint.parse("mssqlx://me:hu/sh@and@sh@h/db"))
                .hasMessageContaining("mssqlx://***@h/db'");
        assertThatThrownBy(() -> Endpoint.parse("jdbc:other://h;Password={a;sh};user=x"))
                .hasMessageNotContaining("sh}");
        assertThatThrownBy(() -> Endpoint.parse("mssql://h/db?table=a&table=b")).hasMessageContaining("two tables");
        assertThatThrownBy(() -> Endpoint.parse("mssql://h/db?table=")).hasMessageContaining("names no table");
    }

    @Test
    void readsTableNamesAsTransactSqlDoes() {
        assertThat(RemoteTable.parse("dbo.t").sql()).isEqualTo("[dbo].[t]");
        assertThat(RemoteTable.parse("db..\"a \"\"b\"\".c\"").sql()).isEqualTo("[db]..[a \"b\".c]");
        assertThat(RemoteTable.parse("[x]]y].[z.w]").sql()).isEqualTo("[x]]y].[z.w]");
        assertThat(RemoteTable.parse("s.t").rename(RemoteTable.parse("s.it's")))
                .isEqualTo("EXEC sp_rename N'[s].[t]', N'it''s'");
        assertThat(RemoteTable.parse("d.s.t").beside().sql()).startsWith("[d].[s].[t__tidegate_");
        assertThat(RemoteTable.parse("s.t").beside().parts()).hasSize(2);
        assertThatThrownBy(() -> RemoteTable.parse("a.b.c.d")).hasMessageContaining("not a table's name");
        assertThatThrownBy(() -> RemoteTable.parse("[a")).hasMessageContaining("lacks a closing ]");
        assertThatThrownBy(() -> RemoteTable.parse("[a]b")).hasMessageContaining("after a closing quote");
        assertThatThrownBy(() -> RemoteTable.parse("a.")).hasMessageContaining("not a table's name");
    }
}
