package dev.tidegate.testkit.guarantee;

/**
 * A test that shows a row on a surface.
 *
 * @param testClass simple name of the class; nested classes with their owner's
 * @param method name of the test
 * @param disabledBy simple name of the annotation that switches the test off, null if none does
 */
public record GuaranteeEvidence(GuaranteeTable.Promise promise, String testClass, String method, String disabledBy) {
    @Override
    public String toString() {
        return testClass + "." + method;
    }
}
