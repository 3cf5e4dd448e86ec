using System.Globalization;

namespace RetailLake.Local.Demo;

/// <summary>What a later process must know of the fill to go on from it; kept on the server, in a database of its own.</summary>
internal sealed record DemoMemory(long OrderLines, int Seed)
{
    public DemoWorld World(DateTimeOffset now) => new(Seed, DemoSize.Of(OrderLines, Seed), now);

    public static async Task WriteAsync(string connectionString, string prefix, DemoMemory memory, CancellationToken cancellationToken)
    {
        await using var sql = await DemoSql.OpenAsync(connectionString, "", cancellationToken);
        await sql.ExecuteAsync(
            $"CREATE DATABASE IF NOT EXISTS `{prefix}demo`; CREATE OR REPLACE TABLE `{prefix}demo`.fill (order_lines BIGINT NOT NULL, seed INT NOT NULL); INSERT INTO `{prefix}demo`.fill VALUES (@lines, @seed)",
            cancellationToken, ("@lines", memory.OrderLines), ("@seed", memory.Seed));
    }

    public static async Task<DemoMemory> ReadAsync(string connectionString, string prefix, CancellationToken cancellationToken)
    {
        await using var sql = await DemoSql.OpenAsync(connectionString, prefix + "demo", cancellationToken);
        var row = await sql.RowAsync("SELECT order_lines, seed FROM fill", cancellationToken);
        return new DemoMemory(long.Parse(row[0]!, CultureInfo.InvariantCulture), int.Parse(row[1]!, CultureInfo.InvariantCulture));
    }
}
