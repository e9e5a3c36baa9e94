/**
 * Rows, both ways, by plans that are made once per result: into columns or objects ({@link dev.tidegate.tds.row.RowDecoder}), one row at
 * a time where it stands ({@link dev.tidegate.tds.row.RowCursor}), from columns or objects ({@link
 * dev.tidegate.tds.row.RowEncoder}), and from many rows of columns at once ({@link dev.tidegate.tds.row.RunEncoder}). In the loops over rows and columns there is no allocation, boxing or look-up per value.
 */
package dev.tidegate.tds.row;
