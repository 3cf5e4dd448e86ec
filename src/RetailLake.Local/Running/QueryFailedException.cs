using RetailLake.Core.Errors;

namespace RetailLake.Local.Running;

public sealed class QueryFailedException(string message, bool allowedWrites, Exception inner) : LakeException(
    $"Found a query that DuckDB refuses: {message}.", "Nothing was changed.",
    allowedWrites ? "Correct the query." : "Correct the query; if it is meant to write, say --write.", inner);
