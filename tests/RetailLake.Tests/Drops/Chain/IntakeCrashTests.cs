using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Lake;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>The intake ends at every operation in turn, before and after its effect; the next one brings about what an undisturbed one does.</summary>
public sealed class IntakeCrashTests
{
    private static readonly DateTime Written = DateTime.UnixEpoch.AddDays(20_000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IntakeEndedAnywhere_ComesToTheSameEnd(bool afterEffect)
    {
        var clean = await CleanAsync();
        clean.Where(line => line.StartsWith("landing/", StringComparison.Ordinal)).Should().HaveCount(2);
        clean.Where(line => line.StartsWith("drops/", StringComparison.Ordinal)).Should().HaveCount(3).And.OnlyContain(line => line.Contains(".drop.json"));
        var ended = 0;
        for (var operation = 1; ; operation++)
        {
            using var folder = Prepared();
            var nth = new NthOperation(operation, afterEffect);
            var lake = new FailingLake(folder.Lake, nth);
            var intake = new DropIntake(lake, new FailingUploads(new FileSystemUploads(lake, folder.Time), nth), folder.Time);
            try
            {
                await intake.SweepAsync(folder.Contract, default);
            }
            catch (ProcessEndedException)
            {
                ended++;
            }

            if (!nth.Happened)
            {
                break;
            }

            await folder.SweepAsync();
            (await folder.StateAsync()).Should().Equal(clean, $"it ended {(afterEffect ? "after" : "before")} operation {operation}");
        }

        ended.Should().BeGreaterThan(20);
    }

    [Fact]
    public async Task IntakesAtTheSameTime_ComeToTheSameEnd()
    {
        var clean = await CleanAsync();
        for (var round = 0; round < 10; round++)
        {
            using var folder = Prepared();

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new DropIntake(folder.Lake, new FileSystemUploads(folder.Lake, folder.Time), folder.Time).SweepAsync(folder.Contract, default))));

            (await folder.StateAsync()).Should().Equal(clean);
        }
    }

    private static async Task<IReadOnlyList<string>> CleanAsync()
    {
        using var folder = Prepared();
        await folder.SweepAsync();
        return await folder.StateAsync();
    }

    /// <summary>Two files of equal content, and a third.</summary>
    private static DropFolder Prepared()
    {
        var folder = new DropFolder(DropFeeds.Of(DropFeeds.Marker()));
        foreach (var (name, text) in new[] { ("a.csv", "id\n1\n"), ("b.csv", "id\n1\n"), ("c.csv", "id\n2\n") })
        {
            File.SetLastWriteTimeUtc(folder.Put(name, text), Written);
            File.SetLastWriteTimeUtc(folder.Put($"{name}.done", ""), Written);
        }

        return folder;
    }
}
