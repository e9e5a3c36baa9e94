package dev.tidegate.tds.token;

import java.util.List;

/** ORDER ([MS-TDS] 2.2.7.17): the columns, from 1, that the result is ordered by. */
public record Order(List<Integer> columns) implements Token {}
