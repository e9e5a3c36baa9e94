/** Numbers, tables and terminals. */
package dev.tidegate.cli.text;
