using System.Diagnostics;
using RetailLake.Local.Home;
using RetailLake.Local.Running;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>kill -9 while files are dropped and taken in: at the next start every one has landed, once.</summary>
public sealed class KilledChainTests(ITestOutputHelper output)
{
    private const int Files = 40;

    [Fact]
    public async Task RunnerKilledWhileFilesAreDropped_LosesAndDoublesNone()
    {
        var random = Soak.Random(output);
        for (var kill = 0; kill < Soak.Count(20, 2); kill++)
        {
            using var folder = new Local.TemporaryFolder();
            folder.Write("app/contracts/gp/grn.odcs.yaml", DropChainTests.Contract);
            File.CreateSymbolicLink(Path.Combine(folder.Path, "app", "template.yaml"), Repository.Path("template.yaml"));
            Directory.CreateSymbolicLink(Path.Combine(folder.Path, "app", "statemachines"), Repository.Path("statemachines"));
            Directory.CreateSymbolicLink(Path.Combine(folder.Path, "app", "stacks"), Repository.Path("stacks"));
            var home = new LakeHome(Path.Combine(folder.Path, "home")).Create();
            var feed = Directory.CreateDirectory(Path.Combine(home.Lake, "drops", "gp", "grn")).FullName;
            var names = Enumerable.Range(0, Files).Select(index => $"grn_{index}.csv").ToList();
            foreach (var name in names.Take(Files / 2))
            {
                await File.WriteAllTextAsync(Path.Combine(feed, name), $"id\n{name.Length}{name[4..^4]}\n");
            }

            await RunAndKillAsync(folder.Path, home, random);
            foreach (var name in names.Skip(Files / 2))
            {
                await File.WriteAllTextAsync(Path.Combine(feed, name), $"id\n{name.Length}{name[4..^4]}\n");
            }

            await using var host = await LakeHost.OpenAsync(
                new() { App = Path.Combine(folder.Path, "app"), Home = home, ContractFolders = [Path.Combine(folder.Path, "app", "contracts")], MemoryLimit = "256MB", Time = new HurriedTime() }, HostMode.Working, default);
            await host.SettleAsync(default);

            (await DropChainTests.LandedAsync(host)).Should().BeEquivalentTo(names);
            Directory.EnumerateFiles(Path.Combine(home.Lake, "landing", "gp", "grn"), "drop=*").Should().HaveCount(Files);
        }
    }

    /// <summary>Killed at any moment between the first landed file and the last.</summary>
    private async Task RunAndKillAsync(string folder, LakeHome home, Random random)
    {
        var app = Path.Combine(folder, "app");
        var start = new ProcessStartInfo(Repository.Lake, ["up", "--app", app, "--home", home.Folder, "--memory", "256MB"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = app,
        };
        start.Environment.Remove("LAKE_CONTRACTS");
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        var landing = Path.Combine(home.Lake, "landing", "gp", "grn");
        var wanted = random.Next(1, Files / 2);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Directory.Exists(landing) || Directory.EnumerateFiles(landing).Count() < wanted)
        {
            process.HasExited.Should().BeFalse();
            await Task.Delay(1, patience.Token);
        }

        process.Kill();
        await process.WaitForExitAsync();
        output.WriteLine($"killed after {Directory.EnumerateFiles(landing).Count()} landed files; {(await said).Length} characters said");
    }
}
