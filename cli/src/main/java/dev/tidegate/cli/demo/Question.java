package dev.tidegate.cli.demo;

import java.util.List;

/**
 * Something to ask about the flights, in the words of both sides. Sums are whole numbers, so that the answers have to be the same to the
 * last digit.
 */
record Question(String text, List<String> columns, String transactSql, String duckdbSql) {
    static final List<Question> ALL = List.of(
            new Question(
                    "Which airports send off the most flights, and how many minutes late were they all together?",
                    List.of("airport", "flights", "minutes late"),
                    "SELECT TOP (5) origin AS airport, COUNT(*) AS flights, SUM(CAST(delay AS bigint)) AS late"
                            + " FROM dbo.flights GROUP BY origin ORDER BY flights DESC, airport",
                    "SELECT origin AS airport, count(*) AS flights, sum(delay) AS late"
                            + " FROM flights GROUP BY origin ORDER BY flights DESC, airport LIMIT 5"),
            new Question(
                    "How many flights were more than an hour late, month by month?",
                    List.of("month", "flights", "over an hour late"),
                    "SELECT MONTH([date]) AS m, COUNT(*) AS flights, SUM(CASE WHEN delay > 60 THEN 1 ELSE 0 END) AS"
                            + " late FROM dbo.flights GROUP BY MONTH([date]) ORDER BY m",
                    "SELECT month(\"date\") AS m, count(*) AS flights, count(*) FILTER (delay > 60) AS late"
                            + " FROM flights GROUP BY m ORDER BY m"),
            new Question(
                    "Which are the longest routes?",
                    List.of("from", "to", "miles", "flights"),
                    "SELECT TOP (5) origin, destination, MAX(distance) AS miles, COUNT(*) AS flights"
                            + " FROM dbo.flights GROUP BY origin, destination ORDER BY miles DESC, origin, destination",
                    "SELECT origin, destination, max(distance) AS miles, count(*) AS flights"
                            + " FROM flights GROUP BY ALL ORDER BY miles DESC, origin, destination LIMIT 5"));
}
