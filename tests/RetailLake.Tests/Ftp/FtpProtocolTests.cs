using System.Text;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.Ftp;

/// <summary>What servers in the wild do wrong, or differently.</summary>
public sealed class FtpProtocolTests : IAsyncLifetime
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(row => $"{row},x\n")));

    private readonly ScriptedFtpServer server = new();

    public ValueTask InitializeAsync()
    {
        server.Files["a.txt"] = Content;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task EndWithoutConfirmation_IsNoEnd()
    {
        server.AfterData = "";

        await FailsAsync<SourceUnavailableException>(ReadAsync);
    }

    [Theory]
    [InlineData("426 Aborted\r\n")]
    [InlineData("451 Disk error\r\n")]
    [InlineData("551 Gone\r\n")]
    public async Task EndThatIsNoSuccess_IsNoEnd(string reply)
    {
        server.AfterData = reply;

        await FailsAsync<SourceUnavailableException>(ReadAsync);
    }

    [Fact]
    public async Task ConfirmedEndsThatComeTooEarly_AreReadOnFromThere()
    {
        using var bench = new FetchBench();
        var file = (await bench.SettledAsync(server.Contract, server.Servers)).Single().File;
        server.MostBytes = 3000;

        (await bench.FetchAsync(server.Contract, server.Servers, file)).Outcome.Should().Be(FetchOutcome.Landed);

        await bench.ShouldHoldAsync((await bench.RecordsAsync(server.Contract)).Single(), Content);
    }

    [Fact]
    public async Task ConfirmedEndThatAlwaysComesTooEarly_IsUnavailable()
    {
        using var bench = new FetchBench();
        var file = (await bench.SettledAsync(server.Contract, server.Servers)).Single().File;
        server.MostBytes = 0;

        var error = await FailsAsync<SourceUnavailableException>(() => bench.FetchAsync(server.Contract, server.Servers, file));

        error.Found.Should().Contain($"{Content.Length:N0}");
        (await bench.RecordsAsync(server.Contract)).Should().BeEmpty();
    }

    [Fact]
    public async Task SilentDataConnection_IsUnavailable()
    {
        (server.MostBytes, server.Stalls) = (100, true);

        (await FailsAsync<SourceUnavailableException>(ReadAsync)).Found.Should().Contain("silent");
    }

    [Fact]
    public async Task SilentControlConnection_IsUnavailable()
    {
        server.Greeting = "22";

        (await FailsAsync<SourceUnavailableException>(ReadAsync)).Found.Should().Contain("silent");
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("2 20\r\n")]
    [InlineData("620 Ready\r\n")]
    [InlineData("\r\n")]
    public async Task SomethingThatIsNoReply_IsUnavailable(string greeting)
    {
        server.Greeting = greeting;

        (await FailsAsync<SourceUnavailableException>(ReadAsync)).Found.Should().Contain("reply");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3000)]
    public async Task ReplyWithoutEnd_IsNotReadForEver(int lineLength)
    {
        server.Greeting = "220-" + string.Concat(Enumerable.Repeat(new string('x', lineLength) + "\n", 70_000 / (lineLength + 1) + 40));

        (await FailsAsync<SourceUnavailableException>(ReadAsync)).Found.Should().Contain("65,536 bytes");
    }

    [Fact]
    public async Task PassiveAddress_IsNotBelieved()
    {
        server.Replies["EPSV"] = "500 Unknown\r\n";

        (await ReadAsync()).Should().Equal(Content);
    }

    [Theory]
    [InlineData("229 Go (|||0|)\r\n")]
    [InlineData("229 Go (|||65536|)\r\n")]
    [InlineData("229 Go (||||)\r\n")]
    [InlineData("229 Go\r\n")]
    public async Task DataPortThatIsNone_IsUnavailable(string reply)
    {
        server.Replies["EPSV"] = reply;

        await FailsAsync<SourceUnavailableException>(ReadAsync);
    }

    [Fact]
    public async Task ServerThatCannotBeginInTheMiddle_IsReadOver()
    {
        server.Replies["REST"] = "502 Not implemented\r\n";

        (await ReadAsync(1234)).Should().Equal(Content[1234..]);
    }

    [Fact]
    public async Task ServerWithoutMlsd_IsAskedFileByFile()
    {
        server.Features = "211-Features:\r\n SIZE\r\n MDTM\r\n211 End\r\n";
        await using var open = await server.OpenAsync();

        var entries = await ListAsync(open);

        entries.Should().Equal(new ServerEntry(new("a.txt"), true, null));
        (await open.StateAsync(entries[0].Name, default)).Should().Be(new FileState(Content.Length, server.Modified));
    }

    [Theory]
    [InlineData("500 What?\r\n")]
    [InlineData("211-Features:\r\n SIZE\r\n211 End\r\n")]
    public async Task ServerThatTellsNoSizesAndTimes_IsRefused(string features)
    {
        server.Features = features;

        (await FailsAsync<NotSupportedByLakeException>(ReadAsync)).Found.Should().Contain("MLSD");
    }

    [Fact]
    public async Task TimeThatMdtmTellsWithoutItsFraction_IsHeldAgainstItsOwnKind()
    {
        using var bench = new FetchBench();
        server.Fraction = ".250";
        var file = (await bench.SettledAsync(server.Contract, server.Servers)).Single().File;

        (await bench.FetchAsync(server.Contract, server.Servers, file)).Outcome.Should().Be(FetchOutcome.Landed);

        (await bench.RecordsAsync(server.Contract)).Single().Drop.Modified.Millisecond.Should().Be(250);
    }

    [Theory]
    [InlineData("500 What?\r\n")]
    [InlineData("502 Not implemented\r\n")]
    [InlineData("250-Listing\r\n type=file;size=3; a.txt\r\n250 End\r\n")]
    [InlineData("250 Nothing to say\r\n")]
    public async Task ServerThatSaysNoFactsOfOneFile_IsAskedForSizeAndTime(string reply)
    {
        server.Replies["MLST"] = reply;
        await using var open = await server.OpenAsync();

        (await open.StateAsync(new("a.txt"), default)).Should().Be(new FileState(Content.Length, server.Modified));
    }

    [Theory]
    [InlineData("550 Permission denied\r\n")]
    [InlineData("553 Not allowed\r\n")]
    [InlineData("450 In use\r\n")]
    public async Task FileThatIsListedAndNotGiven_IsUnreadableUntilItIsGiven(string reply)
    {
        using var bench = new FetchBench();
        var file = (await bench.SettledAsync(server.Contract, server.Servers)).Single().File;
        server.Replies["RETR"] = reply;

        (await bench.FetchAsync(server.Contract, server.Servers, file)).Should().Be(new FetchResult(FetchOutcome.Unreadable, 0));

        server.Replies.Remove("RETR");
        var again = (await bench.PollAsync(server.Contract, server.Servers)).Ready.Should().ContainSingle().Which.File;
        (await bench.FetchAsync(server.Contract, server.Servers, again)).Outcome.Should().Be(FetchOutcome.Landed);
    }

    [Fact]
    public async Task Mode_IsBinary()
    {
        await ReadAsync();

        server.Commands.Should().Contain("TYPE I").And.NotContain(command => command.StartsWith("TYPE A"));
    }

    [Fact]
    public async Task PlainTextBehindTheAgreementToTls_IsNotRead()
    {
        server.Replies["AUTH"] = "234 Go on\r\n331 Password\r\n230 In\r\n";
        var feed = PullFeeds.Of(server.Location.Replace("ftp://", "ftps://", StringComparison.Ordinal));

        var error = await FailsAsync<SourceUnavailableException>(() => server.Servers.OpenAsync(feed, default));

        error.Found.Should().Contain("plain text");
        server.Commands.Should().NotContain(command => command.StartsWith("PASS") || command.StartsWith("USER"));
    }

    [Fact]
    public async Task PasswordRepeatedByTheServer_ReachesNoError()
    {
        server.Replies["PASS"] = "530 'p' is wrong for u\r\n";

        (await FailsAsync<SourceAccessException>(ReadAsync)).Message.Should().Contain("530").And.NotContain("'p'");
    }

    [Theory]
    [InlineData("421 Too many\r\n")]
    [InlineData("430 Later\r\n")]
    [InlineData("530 Sorry, the maximum number of clients (3) for this user are already connected.\r\n")]
    [InlineData("530 Too many connections from this IP\r\n")]
    [InlineData("530-Hello\r\n530 Not logged in, only 2 sessions from same IP allowed concurrently.\r\n")]
    [InlineData("530 Sorry, your account is restricted to 2 simultaneous logins\r\n")]
    [InlineData("530 User limit reached: 10 users\r\n")]
    public async Task BusyServer_IsUnavailable(string reply)
    {
        server.Replies["USER"] = reply;
        await FailsAsync<SourceUnavailableException>(ReadAsync);

        server.Replies.Remove("USER");
        server.Greeting = reply;
        await FailsAsync<SourceUnavailableException>(ReadAsync);
    }

    /// <summary>Tried again, these lock accounts.</summary>
    [Theory]
    [InlineData("530 Login incorrect.\r\n")]
    [InlineData("530 Too many failed logins; the account is locked\r\n")]
    [InlineData("530 Maximum login attempts exceeded for this connection\r\n")]
    [InlineData("530 User cannot log in.\r\n")]
    public async Task RefusedPassword_IsNotTriedAgain(string reply)
    {
        server.Replies["PASS"] = reply;

        await FailsAsync<SourceAccessException>(ReadAsync);
    }

    [Fact]
    public async Task LoginThatWasTakenMinutesAgo_IsTurnedAwayAndNotRefused()
    {
        var servers = server.Servers;
        await (await servers.OpenAsync(server.Contract, default)).DisposeAsync();
        server.Replies["PASS"] = "530 Not logged in\r\n";

        (await FailsAsync<SourceUnavailableException>(() => servers.OpenAsync(server.Contract, default))).Found.Should().Contain("minutes ago");
        await FailsAsync<SourceAccessException>(() => server.Servers.OpenAsync(server.Contract, default));
    }

    [Theory]
    [InlineData("type=file;size=3;modify=20261121093000; a.txt", "a.txt", 3L)]
    [InlineData("TYPE=File;Size=3;MODIFY=20261121093000.250; a;b= c", "a;b= c", 3L)]
    [InlineData("type=file;size=3; a.txt", "a.txt", null)]
    [InlineData("type=file;size=-3;modify=20261121093000; a.txt", "a.txt", null)]
    [InlineData("type=file;size=3;modify=20261321093000; a.txt", "a.txt", null)]
    [InlineData(" a.txt", "a.txt", null)]
    [InlineData("type=file;size=3;modify=20261121093000;  a", " a", 3L)]
    public async Task FactsOfAFile_AreTakenOrAskedFor(string line, string name, long? size)
    {
        server.Listing = Encoding.Latin1.GetBytes(line + "\r\n");
        await using var open = await server.OpenAsync();

        var entry = (await ListAsync(open)).Should().ContainSingle().Which;

        (entry.Name.Raw, entry.IsFile, entry.State?.Bytes).Should().Be((name, true, size));
    }

    [Theory]
    [InlineData("type=dir;modify=20261121093000; archive")]
    [InlineData("type=cdir; .")]
    [InlineData("type=OS.unix=slink:/etc/passwd;size=3;modify=20261121093000; link")]
    public async Task WhatIsNoFile_IsNone(string line)
    {
        server.Listing = Encoding.Latin1.GetBytes(line + "\r\n");
        await using var open = await server.OpenAsync();

        (await ListAsync(open)).Should().ContainSingle().Which.IsFile.Should().BeFalse();
    }

    [Fact]
    public async Task ListingThatIsCutInALine_IsUnavailable()
    {
        server.Listing = "type=file;size=3;modify=20261121093000; a.txt\r\ntype=file;size=3;modify=20261121093000; b.t"u8.ToArray();

        await FailsAsync<SourceUnavailableException>(async () => await ListAsync(await server.OpenAsync()));
    }

    [Fact]
    public async Task ListingOfOneEndlessLine_IsUnavailable()
    {
        server.Listing = new byte[100_000];

        await FailsAsync<SourceUnavailableException>(async () => await ListAsync(await server.OpenAsync()));
    }

    [Theory]
    [InlineData("a\r\nDELE b")]
    [InlineData("a\nDELE b")]
    [InlineData("a\0b")]
    [InlineData("a\u00FFb")]
    public async Task NameThatWouldEndACommand_IsNeverSent(string name)
    {
        await using var open = await server.OpenAsync();

        var ask = () => open.StateAsync(new(name), default);

        await ask.Should().ThrowAsync<ArgumentException>();
        server.Commands.Should().NotContain(command => command.Contains("DELE"));
    }

    private static async Task<List<ServerEntry>> ListAsync(IDropServer open)
    {
        var entries = new List<ServerEntry>();
        await foreach (var entry in open.ListAsync(default))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private Task<byte[]> ReadAsync() => ReadAsync(0);

    private async Task<byte[]> ReadAsync(long offset)
    {
        await using var open = await server.OpenAsync();
        await using var stream = await open.OpenReadAsync(new("a.txt"), offset, default);
        using var content = new MemoryStream();
        await stream!.CopyToAsync(content);
        return content.ToArray();
    }

    private static async Task<T> FailsAsync<T>(Func<Task> work)
        where T : Exception => (await work.Should().ThrowExactlyAsync<T>()).Which;
}
