using RetailLake.Tests.MySql;

namespace RetailLake.Tests.Failures;

/// <summary>A way for a source to fail, and how it is mended.</summary>
internal sealed record SourceBreak(string Error, string Names, Func<TestLake, Task<IAsyncDisposable?>> Break, Func<TestLake, Task> Mend)
{
    public const string WrongPassword = "hunter2-not-the-password";

    public static readonly IReadOnlyDictionary<string, SourceBreak> All = new Dictionary<string, SourceBreak>(StringComparer.Ordinal)
    {
        ["secret missing"] = new("SecretMissingException", TestLake.Secret, Now(lake => lake.RemoveSecret(TestLake.Secret)), Later(lake => lake.SetLogin())),
        ["wrong password"] = new("SourceAccessException", "refusing us", Now(lake => lake.SetLogin(WrongPassword)), Later(lake => lake.SetLogin())),
        ["table dropped"] = new("SourceSchemaException", "no table 'item'", Sql("RENAME TABLE item TO elsewhere"), lake => lake.SqlAsync("RENAME TABLE elsewhere TO item")),
        ["column dropped"] = new("SourceSchemaException", "no column 'item.quantity'", Sql("ALTER TABLE item RENAME COLUMN quantity TO amount"), lake => lake.SqlAsync("ALTER TABLE item RENAME COLUMN amount TO quantity")),
        ["type changed"] = new("SourceSchemaException", "column 'item.quantity' is bigint", Sql("ALTER TABLE item MODIFY quantity BIGINT"), lake => lake.SqlAsync("ALTER TABLE item MODIFY quantity INT")),
        ["server away"] = new("SourceUnavailableException", "out of reach", Now(lake => lake.SetLogin(port: 1)), Later(lake => lake.SetLogin())),
        ["connection cut"] = new("SourceUnavailableException", "cut", CutAfter(150_000), Later(lake => lake.SetLogin())),
        ["reader killed"] = new("SourceUnavailableException", "cut", lake => ReaderKiller.StartAsync(lake), ReaderKiller.RestoreAsync),
    };

    private static Func<TestLake, Task<IAsyncDisposable?>> Now(Action<TestLake> act) => lake =>
    {
        act(lake);
        return Task.FromResult<IAsyncDisposable?>(null);
    };

    private static Func<TestLake, Task> Later(Action<TestLake> act) => lake =>
    {
        act(lake);
        return Task.CompletedTask;
    };

    private static Func<TestLake, Task<IAsyncDisposable?>> Sql(string sql) => async lake =>
    {
        await lake.SqlAsync(sql);
        return null;
    };

    /// <summary>Enough for a plan, too little for the rows.</summary>
    private static Func<TestLake, Task<IAsyncDisposable?>> CutAfter(long bytes) => lake =>
    {
        var proxy = new CutConnection(lake.Server.Port, bytes);
        lake.SetLogin(port: proxy.Port);
        return Task.FromResult<IAsyncDisposable?>(proxy);
    };
}
