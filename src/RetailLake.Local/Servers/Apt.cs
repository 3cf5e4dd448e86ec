namespace RetailLake.Local.Servers;

/// <summary>apt-get as any user: its cache, and if needed its package lists, live in a folder of ours; only downloads, never installs.</summary>
internal sealed class Apt(string folder)
{
    private static readonly string[] Ours = ["-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=", "-o", "APT::Update::Post-Invoke::="];

    private string Cache => Path.Combine(folder, "cache");

    private string Lists => Path.Combine(folder, "lists");

    public async Task<IReadOnlyList<string>> DownloadAsync(IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(Cache, "archives", "partial"));
        Directory.CreateDirectory(Path.Combine(Lists, "partial"));
        // The system's lists first: they are there on most machines. Missing or outdated ones are fetched into our folder.
        var first = await FetchAsync(packages, [], cancellationToken);
        if (!first.Succeeded)
            await DownloadWithOwnListsAsync(packages, cancellationToken);
        return [.. Directory.EnumerateFiles(Path.Combine(Cache, "archives"), "*.deb").Order(StringComparer.Ordinal)];
    }

    private async Task DownloadWithOwnListsAsync(IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        string[] ownLists = ["-o", $"Dir::State::lists={Lists}"];
        // Its exit code tells little: one repository that does not answer fails it although Debian's own did.
        var update = await new Command("apt-get", ["update", "-qq", .. Ours, .. ownLists, "-o", $"Dir::Cache={Cache}"]).RunAsync(cancellationToken);
        var second = await FetchAsync(packages, ownLists, cancellationToken);
        if (!second.Succeeded)
            throw new ServerException(
                $"Found no way to download {string.Join(", ", packages)}: {second.Tail}\n{update.Tail}\nNothing was started. Check that this machine reaches its Debian mirror, or install the packages and start again.");
    }

    /// <summary>apt resolves against what is installed, so the closure holds only what this machine lacks.</summary>
    private Task<CommandResult> FetchAsync(IReadOnlyList<string> packages, string[] lists, CancellationToken cancellationToken) =>
        new Command("apt-get",
            ["install", "--download-only", "-y", "-qq", "--no-install-recommends", .. Ours, .. lists, "-o", $"Dir::Cache={Cache}", .. packages])
        { Environment = new Dictionary<string, string> { ["LC_ALL"] = "C", ["DEBIAN_FRONTEND"] = "noninteractive" } }
        .RunAsync(cancellationToken);
}
