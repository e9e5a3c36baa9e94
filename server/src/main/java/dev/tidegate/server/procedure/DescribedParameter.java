package dev.tidegate.server.procedure;

import dev.tidegate.server.tsql.type.SqlType;

/**
 * A parameter that a batch uses and does not declare.
 *
 * @param name with its at sign
 * @param type that the place where it stands suggests
 */
public record DescribedParameter(String name, SqlType type) {}
