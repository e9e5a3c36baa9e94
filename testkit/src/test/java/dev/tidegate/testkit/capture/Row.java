package dev.tidegate.testkit.capture;

import dev.tidegate.tds.token.RowMarker;

/** A row with its values in the Java forms of {@code ValueCodec}. */
record Row(RowMarker marker, Object[] values) {}
