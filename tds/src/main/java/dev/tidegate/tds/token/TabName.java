package dev.tidegate.tds.token;

import java.util.List;

/** TABNAME ([MS-TDS] 2.2.7.23): the tables of a browse-mode result, each as the parts of its name. */
public record TabName(List<List<String>> tables) implements Token {}
