package dev.tidegate.testkit.guarantee;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test, or a class of tests: it shows a row of the table of guarantees. On a class it stands for all tests in it.
 *
 * <p>{@code docs/guarantees.md} is written from these annotations, and the build fails if a row that is not planned has no test, or if a
 * test of a row is disabled.
 */
@Documented
@Repeatable(Guarantees.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Guarantee {
    /** The row, for instance {@code G05}. */
    String value();

    /** On what the test shows it. */
    Surface[] surface() default Surface.D;
}
