/** What stands in files without types, CSV and JSON: how a value is read from its text exactly, and which type holds a column of texts. */
package dev.tidegate.duckdb.text;
