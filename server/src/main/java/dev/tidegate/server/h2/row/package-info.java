/** Rows on their way between the wire and H2, value by value without objects of Java in between: what results and bulk loads are made of. */
package dev.tidegate.server.h2.row;
