using System.Globalization;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Errors;
using RetailLake.Sources.Ftp;
using RetailLake.Tests.MySql;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Ftp;

/// <summary>Connections that are reset at random bytes, before real servers: the landed bytes are the sender's.</summary>
public sealed class CutTransferTests(RealServers servers, ITestOutputHelper output)
{
    [Fact]
    public async Task FtpDataCut_GoesOnAtTheByteReached()
    {
        var random = Soak.Random(output);
        var folder = await servers.FolderAsync("ftp");
        var cuts = 0;
        for (var round = 0; round < Soak.Count(200, 20); round++)
        {
            var content = new byte[random.Next(1, 400_000)];
            random.NextBytes(content);
            folder.Write($"drop-{round}.bin", content);
            await using var proxy = new FtpCuttingProxy((await servers.FtpAsync()).Port, () => random.Next(4) == 0 ? null : random.Next(1, 150_000));
            var feed = PullFeeds.Of(folder.Location.Replace($":{(await servers.FtpAsync()).Port}/", $":{proxy.Port}/", StringComparison.Ordinal), names: $@"drop-{round}\.bin");
            using var bench = new FetchBench();
            // The listing goes straight: it is short, and cut listings have tests of their own.
            var file = (await bench.SettledAsync(feed with { Server = feed.Server with { Location = folder.Location } }, folder.Servers)).Should().ContainSingle().Which.File;

            var result = await UntilDoneAsync(bench, () => bench.FetchAsync(feed, folder.Servers, file));

            result.Outcome.Should().Be(FetchOutcome.Landed);
            await bench.ShouldHoldAsync((await bench.RecordsAsync(feed)).Single(), content);
            (await bench.KeysAsync("pulls/poslog/transaction/parts/")).Should().BeEmpty();
            cuts += proxy.Cuts;
        }

        cuts.Should().BePositive("a run without a cut proves nothing");
    }

    [Fact]
    public async Task SftpConnectionCut_GoesOnAtTheByteReached()
    {
        var random = Soak.Random(output);
        var folder = await servers.FolderAsync("sftp");
        var server = await servers.SftpAsync();
        for (var round = 0; round < Soak.Count(20, 2); round++)
        {
            var content = new byte[random.Next(300_000, 500_000)];
            random.NextBytes(content);
            folder.Write($"drop-{round}.bin", content);
            // Past the login, or it never gets anywhere.
            await using var proxy = new CutConnection(server.Port, random.Next(150_000, 250_000));
            using var bench = new FetchBench();
            var feed = folder.Contract with { Drop = folder.Contract.Drop! with { NamePattern = $@"drop-{round}\.bin" } };
            var file = (await bench.SettledAsync(feed, folder.Servers)).Should().ContainSingle().Which.File;
            var cut = new DropServers(PullFeeds.Secrets(PullFeeds.SecretOf(server, port: proxy.Port)));

            var result = await UntilDoneAsync(bench, () => bench.FetchAsync(feed, cut, file));

            result.Outcome.Should().Be(FetchOutcome.Landed);
            await bench.ShouldHoldAsync((await bench.RecordsAsync(feed)).Single(), content);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{content.Length} bytes, {proxy.Passed} passed"));
            proxy.Passed.Should().BeGreaterThan(content.Length);
        }
    }

    [Fact]
    public async Task SftpConnectionThatFallsSilent_IsUnavailable()
    {
        var folder = await servers.FolderAsync("sftp");
        folder.Write("drop.bin", new byte[1_000_000]);
        var server = await servers.SftpAsync();
        await using var proxy = new CutConnection(server.Port, 200_000, stalls: true);
        var impatient = new DropServers(PullFeeds.Secrets(PullFeeds.SecretOf(server, port: proxy.Port))) { Limits = new() { Data = TimeSpan.FromMilliseconds(300) } };
        await using var open = await impatient.OpenAsync(folder.Contract, default);
        await using var stream = await open.OpenReadAsync(new("drop.bin"), 0, default);

        var read = () => stream!.CopyToAsync(Stream.Null);

        (await read.Should().ThrowAsync<SourceUnavailableException>()).Which.Found.Should().Contain("silent");
    }

    /// <summary>As the state machine's retrier does.</summary>
    private static async Task<FetchResult> UntilDoneAsync(FetchBench bench, Func<Task<FetchResult>> fetch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await fetch();
            }
            catch (SourceUnavailableException) when (attempt < 5)
            {
                bench.Should().NotBeNull();
            }
        }
    }
}
