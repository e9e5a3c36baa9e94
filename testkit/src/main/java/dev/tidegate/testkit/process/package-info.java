/** Child processes, for what only the end of a process shows. */
package dev.tidegate.testkit.process;
