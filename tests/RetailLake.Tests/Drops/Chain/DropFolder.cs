using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Lake;
using RetailLake.Tests.Local;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>A lake in a folder of its own, with one feed's folder for uploads.</summary>
internal sealed class DropFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public DropFolder(Contract contract)
    {
        Contract = contract;
        Root = Path.Combine(folder.Path, "lake");
        Lake = new(new Uri(Root).AbsoluteUri);
        Uploads = new(Lake, Time);
        Intake = new(Lake, Uploads, Time);
        Directory.CreateDirectory(Feed);
    }

    public TimeProvider Time { get; } = new HurriedTime(1000);

    public Contract Contract { get; }

    public string Root { get; }

    public string Outside => folder.Path;

    public string Feed => Path.Combine(Root, "drops", Contract.Source, Contract.Feed);

    public FileSystemLake Lake { get; }

    public FileSystemUploads Uploads { get; }

    public DropIntake Intake { get; }

    /// <summary>As a sender would, whole.</summary>
    public string Put(string name, string text = "id\n1\n")
    {
        var path = Path.Combine(Feed, name);
        File.WriteAllText(path, text);
        return path;
    }

    public Task<IReadOnlyList<IntakeResult>> SweepAsync() => Intake.SweepAsync(Contract, default);

    public async Task<IReadOnlyList<DropRecord>> RecordsAsync() => await DropRecords.ListAsync(Lake, Contract.Source, Contract.Feed, default).ToListAsync();

    /// <summary>Every object and file of the lake but unfinished ones, with its content; arrival times left out.</summary>
    public async Task<IReadOnlyList<string>> StateAsync()
    {
        List<string> state = [];
        foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/.tmp/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var text = await File.ReadAllTextAsync(file);
            state.Add($"{Path.GetRelativePath(Root, file)}: {System.Text.RegularExpressions.Regex.Replace(text, "\"arrivedAt\":\"[^\"]*\"", "")}");
        }

        return state;
    }

    /// <summary>.NET cannot delete what has a name that is no text.</summary>
    public void Dispose()
    {
        using var deleted = System.Diagnostics.Process.Start("rm", ["-rf", Root]);
        deleted.WaitForExit();
        folder.Dispose();
    }
}
