/** Charts of what was measured, drawn from the JSON that the bench writes. */
package dev.tidegate.bench.chart;
