using MySqlConnector;

namespace RetailLake.Tests.Failures;

/// <summary>An administrator who kills every reader of a table's rows while it reads.</summary>
internal sealed class ReaderKiller : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task killing;

    private ReaderKiller(TestLake lake, int times) => killing = KillAsync(lake, times);

    /// <summary>Rows come slowly, so that the kill meets the stream.</summary>
    public static async Task<IAsyncDisposable?> StartAsync(TestLake lake, int times = int.MaxValue)
    {
        await lake.SqlAsync("RENAME TABLE item TO slow; CREATE VIEW item AS SELECT id, name, quantity, note, IF(SLEEP(0.02) = 0, changed, NULL) AS changed FROM slow");
        return new ReaderKiller(lake, times);
    }

    public static Task RestoreAsync(TestLake lake) => lake.SqlAsync("DROP VIEW item; RENAME TABLE slow TO item");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await killing;
        stop.Dispose();
    }

    private async Task KillAsync(TestLake lake, int times)
    {
        await using var admin = await lake.AdminAsync(inDatabase: true);
        while (!stop.IsCancellationRequested && times > 0)
        {
            var reader = await new MySqlCommand($"SELECT id FROM information_schema.processlist WHERE db = '{lake.Database}' AND info LIKE 'SELECT CAST%' LIMIT 1", admin).ExecuteScalarAsync();
            if (reader is null)
            {
                await Task.Delay(20);
                continue;
            }

            try
            {
                await new MySqlCommand($"KILL {reader}", admin).ExecuteNonQueryAsync();
                times--;
            }
            catch (MySqlException gone) when (gone.Number == 1094)
            {
                // It was quicker.
                _ = gone;
            }
        }
    }
}
