/** What a field of an Arrow schema says of the SQL Server column that it stands for. */
package dev.tidegate.arrow.type;
