using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Amazon.S3;
using DuckDB.NET.Data;

namespace RetailLake.Tests.Aws.DataApi;

/// <summary>What all sessions share: the data in a DuckDB file, the types that Redshift knows, its procedures, and S3.</summary>
internal sealed class RedshiftDatabase : IDisposable
{
    private readonly ConcurrentDictionary<string, CheckProcedure> procedures = new();
    private readonly string source;
    private readonly DuckDBConnection root;

    public RedshiftDatabase(string folder, IAmazonS3 s3)
    {
        Access = new(Types);
        Directory.CreateDirectory(folder);
        Objects = new(s3, folder);
        source = $"Data Source={Path.Combine(folder, "lake.duckdb")}";
        root = Connect();
        using var command = root.CreateCommand();
        command.CommandText =
            """
            CREATE MACRO to_char(moment, format) AS CASE format
              WHEN 'YYYY-MM-DD"T"HH24:MI:SS"Z"' THEN strftime(moment, '%Y-%m-%dT%H:%M:%SZ')
              WHEN 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"' THEN strftime(moment, '%Y-%m-%dT%H:%M:%S.%fZ')
              ELSE error('the emulator knows no such format of TO_CHAR') END;
            """;
        command.ExecuteNonQuery();
    }

    public TableTypes Types { get; } = new();

    public AccessRules Access { get; }

    public StoredObjects Objects { get; }

    public DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection(source);
        connection.Open();
        return connection;
    }

    public void Define(Match procedure) => procedures[procedure.Groups["name"].Value] = new(procedure.Groups["body"].Value, procedure.Groups["argument"].Value);

    public CheckProcedure Procedure(string name) => procedures.GetValueOrDefault(name) ?? throw new RedshiftException($"procedure {name} does not exist");

    public void Dispose() => root.Dispose();
}
