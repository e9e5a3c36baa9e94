/** {@code tidegate sql}: T-SQL at a prompt and from scripts. */
package dev.tidegate.cli.shell;
