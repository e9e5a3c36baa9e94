/** The {@code tidegate} program: its start, its end, its exit codes, and what all commands share. */
package dev.tidegate.cli;
