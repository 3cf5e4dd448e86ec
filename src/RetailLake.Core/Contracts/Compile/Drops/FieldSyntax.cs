namespace RetailLake.Core.Contracts.Compile.Drops;

/// <summary>How a contract writes where a field stands.</summary>
internal enum FieldSyntax
{
    /// <summary>A database: columns have names and no places.</summary>
    None,
    Delimited,
    Fixed,
    Xml,
    Json,
}
