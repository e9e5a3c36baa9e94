package dev.tidegate.duckdb.load;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Gives the parameters of a query their values, on whatever statement it is run with. */
public interface Binding {
    /** Of a query without parameters. */
    Binding NONE = statement -> {};

    void bind(PreparedStatement statement) throws SQLException;
}
