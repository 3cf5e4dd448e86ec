using System.Security.Cryptography;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Errors;

namespace RetailLake.Tests.Drops.Chain;

public sealed class DropIntakeTests
{
    private const string Rows = "id\n1\n2\n";

    private static readonly string RowsSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rows)));

    [Fact]
    public async Task Upload_LandsUnderItsHashAndLeavesARecord()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        var modified = File.GetLastWriteTimeUtc(folder.Put("grn 2026-11-22.csv", Rows));

        var result = (await folder.SweepAsync()).Should().ContainSingle().Subject;

        result.Outcome.Should().Be(IntakeOutcome.Taken);
        var record = (await folder.RecordsAsync()).Should().ContainSingle().Subject;
        record.Contract.Should().Be("gp.grn");
        record.Drop.Should().BeEquivalentTo(new { Id = result.DropId, Name = "grn 2026-11-22.csv", Object = new { Key = $"landing/gp/grn/drop={RowsSha256}", Bytes = (long)Rows.Length, Sha256 = RowsSha256 } });
        record.Drop.Version.Should().Be((modified.Ticks - DateTime.UnixEpoch.Ticks) / 10);
        (await File.ReadAllTextAsync(folder.Lake.Locate(record.Drop.Object.Key))).Should().Be(Rows);
        Directory.EnumerateFiles(folder.Feed).Should().ContainSingle().Which.Should().EndWith(".drop.json");
    }

    [Fact]
    public async Task SameDeliveryAgain_WritesNoSecondRecord()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer(@"grn_(?<version>\d+)\.csv") with { Version = VersionOrigin.Name }));
        folder.Put("grn_20261122.csv", Rows);
        await folder.SweepAsync();
        folder.Put("grn_20261122.csv", Rows);

        await folder.SweepAsync();

        (await folder.RecordsAsync()).Should().ContainSingle().Which.Drop.Version.Should().Be(20261122);
    }

    [Fact]
    public async Task SameContentUnderTwoNames_LandsOnceAndIsTwoDrops()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        folder.Put("a.csv", Rows);
        folder.Put("b.csv", Rows);

        await folder.SweepAsync();

        (await folder.RecordsAsync()).Select(record => record.Drop.Name).Should().BeEquivalentTo("a.csv", "b.csv");
        Directory.GetFiles(Path.Combine(folder.Root, "landing"), "*", SearchOption.AllDirectories).Should().ContainSingle();
    }

    [Fact]
    public async Task UploadWithoutItsMarker_WaitsUntilTheMarkerComes()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Marker()));
        folder.Put("a.csv", Rows);

        var before = await folder.Intake.TakeAsync(folder.Contract, ["a.csv"], default);
        folder.Put("a.csv.done", "");
        var after = await folder.Intake.TakeAsync(folder.Contract, ["a.csv.done"], default);

        before.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Outcome = IntakeOutcome.Waiting, Reason = "waits for 'a.csv.done'" });
        after.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Outcome = IntakeOutcome.Taken, Name = "a.csv" });
        (await folder.RecordsAsync()).Should().ContainSingle().Which.Proof.Should().Be("marker 'a.csv.done'");
        Directory.EnumerateFiles(folder.Feed).Should().ContainSingle("the marker goes with its file");
    }

    [Fact]
    public async Task MarkerOlderThanItsFile_ProvesNothing()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Marker()));
        File.SetLastWriteTimeUtc(folder.Put("a.csv.done", ""), DateTime.UnixEpoch.AddDays(20_000));
        folder.Put("a.csv", Rows);

        (await folder.SweepAsync()).Should().ContainSingle(result => result.Name == "a.csv").Which.Outcome.Should().Be(IntakeOutcome.Waiting);
        (await folder.RecordsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task MarkerWithoutAFile_IsDeletedAfterADay()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Marker()));
        folder.Put("young.csv.done", "");
        File.SetLastWriteTimeUtc(folder.Put("old.csv.done", ""), DateTime.UnixEpoch.AddDays(20_000));

        await folder.SweepAsync();

        Directory.EnumerateFiles(folder.Feed).Select(Path.GetFileName).Should().Equal("young.csv.done");
    }

    [Fact]
    public async Task SharedControlFile_StaysUntilItsLastFileIsTaken()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Control(new(Rows: "records"))));
        folder.Put("a.csv", Rows);
        folder.Put("a.txt", Rows);
        folder.Put("a.ctl", "records: 2\n");

        await folder.Intake.TakeAsync(folder.Contract, ["a.csv"], default);
        File.Exists(Path.Combine(folder.Feed, "a.ctl")).Should().BeTrue();
        await folder.Intake.TakeAsync(folder.Contract, ["a.txt"], default);

        File.Exists(Path.Combine(folder.Feed, "a.ctl")).Should().BeFalse();
        (await folder.RecordsAsync()).Should().HaveCount(2).And.OnlyContain(record => record.Drop.DeclaredRows == 2);
    }

    /// <summary>On S3, where files of one upload become visible in any order, an old row count would refuse the new file, and go with it.</summary>
    [Theory]
    [InlineData("records: 2\n", false)]
    [InlineData("records: 2\nbytes: 7\n", true)]
    public async Task ControlFileOlderThanAWholeObject_CountsOnlyWhenItNamesItsContent(string control, bool counts)
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Control(new(Rows: "records", Bytes: counts ? "bytes" : null))));
        File.SetLastWriteTimeUtc(folder.Put("a.ctl", control), folder.Time.GetUtcNow().UtcDateTime.AddMinutes(-5));
        folder.Put("a.csv", Rows);
        var intake = new DropIntake(folder.Lake, new WholeUploads(folder.Uploads), folder.Time);

        (await intake.TakeAsync(folder.Contract, ["a.csv"], default)).Should().ContainSingle().Which.Outcome.Should().Be(counts ? IntakeOutcome.Taken : IntakeOutcome.Waiting);
        if (!counts)
        {
            folder.Put("a.ctl", "records: 2\n");
            (await intake.TakeAsync(folder.Contract, ["a.ctl"], default)).Should().ContainSingle().Which.Outcome.Should().Be(IntakeOutcome.Taken);
        }
    }

    /// <summary>On S3 the second file of a shared marker may become visible after the first one was taken in.</summary>
    [Theory]
    [InlineData(@".*\.(csv|txt)", true)]
    [InlineData(@".*\.csv", false)]
    public async Task SharedMarkerOfWholeObjects_StaysForADayWhereNamesHaveSeveralExtensions(string names, bool stays)
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Marker("{stem}.done") with { NamePattern = names }));
        var marker = folder.Put("a.done", "");
        folder.Put("a.csv", Rows);
        var intake = new DropIntake(folder.Lake, new WholeUploads(folder.Uploads), folder.Time);

        await intake.TakeAsync(folder.Contract, ["a.csv"], default);

        File.Exists(marker).Should().Be(stays);
        if (stays)
        {
            folder.Put("a.txt", "id\n3\n");
            (await intake.TakeAsync(folder.Contract, ["a.txt"], default)).Should().ContainSingle().Which.Outcome.Should().Be(IntakeOutcome.Taken);
            File.SetLastWriteTimeUtc(marker, folder.Time.GetUtcNow().UtcDateTime.AddDays(-2));
            await intake.SweepAsync(folder.Contract, default);
            File.Exists(marker).Should().BeFalse();
        }
    }

    [Theory]
    [InlineData("bytes=7\nsha256={sha}\nmd5={md5}", null)]
    [InlineData("BYTES,7\r\nSHA256:{sha}\r\nMd5 = {md5}\r\n", null)]
    [InlineData("bytes=9\nsha256={sha}\nmd5={md5}", "has 7 bytes, the control file states 9")]
    [InlineData("bytes=7\nsha256=0000000000000000000000000000000000000000000000000000000000000000\nmd5={md5}", "has SHA-256 *, the control file states 0000*")]
    [InlineData("bytes=7\nsha256={sha}\nmd5=00000000000000000000000000000000", "has MD5 *, the control file states 0000*")]
    [InlineData("sha256={sha}\nmd5={md5}", "has a control file that has no line for 'bytes'")]
    [InlineData("bytes=7\nbytes=7\nsha256={sha}\nmd5={md5}", "has a control file that has more than one line for 'bytes'")]
    [InlineData("bytes=eight\nsha256={sha}\nmd5={md5}", "has a control file that has no whole number for 'bytes'")]
    [InlineData("bytes=7\nsha256=zz\nmd5={md5}", "has a control file that has no 64 hex digits for 'sha256'")]
    public async Task ControlFile_IsHeldAgainstTheBytes(string control, string? reason)
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Control(new("bytes", null, "sha256", "md5"))));
        folder.Put("a.csv", Rows);
#pragma warning disable CA5351 // What some senders state.
        folder.Put("a.ctl", control.Replace("{sha}", RowsSha256, StringComparison.Ordinal).Replace("{md5}", Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(Rows))), StringComparison.Ordinal));
#pragma warning restore CA5351

        var result = (await folder.SweepAsync()).Should().ContainSingle().Subject;

        if (reason is null)
        {
            result.Outcome.Should().Be(IntakeOutcome.Taken);
            return;
        }

        result.Outcome.Should().Be(IntakeOutcome.Refused);
        result.Reason.Should().Match(reason);
        File.Exists(Path.Combine(folder.Feed, "a.csv")).Should().BeTrue();
        (await folder.RecordsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("id\n1\n", IntakeOutcome.Taken)]
    [InlineData("id\r1\r", IntakeOutcome.Taken)]
    [InlineData("", IntakeOutcome.Taken)]
    [InlineData("id\n1", IntakeOutcome.Refused)]
    public async Task StableFile_MustEndWithALineEnd(string text, IntakeOutcome outcome)
    {
        using var folder = new DropFolder(DropFeeds.Of(new() { Format = DropFormat.Delimited, Proof = new(ProofKind.Stable) }));
        folder.Put("a.csv", text);

        (await folder.SweepAsync()).Should().ContainSingle().Which.Outcome.Should().Be(outcome);
    }

    [Theory]
    [InlineData(true, "id\n1\n\u001A", IntakeOutcome.Taken)]
    [InlineData(true, "id\n1\n\u001A\u001A\u001A", IntakeOutcome.Taken)]
    [InlineData(true, "i\0d\0\n\01\0\n\0\u001A\0\u001A\0", IntakeOutcome.Taken)]
    [InlineData(true, "\0i\0d\0\n\01\0\n\0\u001A", IntakeOutcome.Taken)]
    [InlineData(true, "id\n1\n", IntakeOutcome.Taken)]
    [InlineData(true, "id\n1\u001A", IntakeOutcome.Refused)]
    [InlineData(true, "\u001A", IntakeOutcome.Refused)]
    [InlineData(false, "id\n1\n\u001A", IntakeOutcome.Refused)]
    public async Task SubstitutesBehindTheLastLine_AreNoDataWhenTheContractSaysSo(bool substituteEof, string text, IntakeOutcome outcome)
    {
        using var folder = new DropFolder(DropFeeds.Of(new() { Format = DropFormat.Delimited, Delimited = new(SubstituteEof: substituteEof), Proof = new(ProofKind.Stable) }));
        folder.Put("a.csv", text);
        folder.Put("b.csv", text.Replace("\u001A", new string('\u001A', 300_000), StringComparison.Ordinal));

        (await folder.SweepAsync()).Select(result => result.Outcome).Should().Equal(outcome, outcome);
    }

    /// <summary>A writer that pauses would go on writing into a file that is no more.</summary>
    [Theory]
    [InlineData("H|1\nD|1\n", false)]
    [InlineData("H|1\nD|1\nT|", false)]
    [InlineData("H|1\nD|1\nT|1\n", true)]
    [InlineData("H|1\r\nD|1\r\n\"T\"|1\r\n", true)]
    public async Task FileWithoutItsTrailer_WaitsUntilItHasItOrIsCalm(string text, bool isWhole)
    {
        var feed = DropFeeds.Trailer() with { Delimited = new("|", Header: false), Records = new("1", "H", "T", [], []) };
        using var folder = new DropFolder(DropFeeds.Of(feed));
        var path = folder.Put("a.csv", text);

        (await folder.SweepAsync()).Should().ContainSingle().Which.Outcome.Should().Be(isWhole ? IntakeOutcome.Taken : IntakeOutcome.Waiting);
        File.Exists(path).Should().Be(!isWhole);
        if (!isWhole)
        {
            File.SetLastWriteTimeUtc(path, folder.Time.GetUtcNow().UtcDateTime.AddMinutes(-2));
            (await folder.SweepAsync()).Should().ContainSingle().Which.Outcome.Should().Be(IntakeOutcome.Taken, "reading says that it is cut");
        }
    }

    [Theory]
    [InlineData("<POSLog><Transaction/>", false)]
    [InlineData("<POSLog><Transaction/></POSLog", false)]
    [InlineData("<POSLog><Transaction/></POSLog>\n", true)]
    [InlineData("<p:POSLog xmlns:p='x'><p:Transaction/></p:POSLog >", true)]
    public async Task DocumentWithoutItsEndTag_Waits(string text, bool isWhole)
    {
        using var folder = new DropFolder(DropFeeds.Of(new() { Format = DropFormat.Xml, Proof = new(ProofKind.Trailer), Xml = new("POSLog/Transaction", []) }));
        folder.Put("a.xml", text);

        (await folder.SweepAsync()).Should().ContainSingle().Which.Outcome.Should().Be(isWhole ? IntakeOutcome.Taken : IntakeOutcome.Waiting);
    }

    [Fact]
    public async Task NameThatTheContractDoesNotWant_StaysAndIsTold()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer(@"grn_\d+\.csv")));
        folder.Put("grn_1.csv.bak");
        folder.Put("xgrn_1.csv");

        var results = await folder.SweepAsync();

        results.Should().HaveCount(2).And.OnlyContain(result => result.Outcome == IntakeOutcome.Refused && result.Reason!.Contains("does not want"));
        (await folder.Intake.LookAsync(folder.Contract, default)).Should().BeEquivalentTo(results);
        Directory.EnumerateFiles(folder.Feed).Should().HaveCount(2);
    }

    [Fact]
    public async Task FileThatGrowsBetweenTheLooks_IsLeftToItsWriter()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        var path = folder.Put("a.csv");
        var growing = new DropIntake(folder.Lake, new GrowingUploads(folder.Uploads, () => File.AppendAllText(path, "2\n")), folder.Time);

        (await growing.SweepAsync(folder.Contract, default)).Should().ContainSingle().Which.Outcome.Should().Be(IntakeOutcome.Waiting);
        (await folder.RecordsAsync()).Should().BeEmpty();
        (await folder.SweepAsync()).Should().ContainSingle().Which.Outcome.Should().Be(IntakeOutcome.Taken);
    }

    [Fact]
    public async Task DamagedLandingObject_IsNeverTakenForTheUpload()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));
        await folder.Lake.PutIfAbsentAsync($"landing/gp/grn/drop={RowsSha256}", "torn"u8.ToArray(), default);
        folder.Put("a.csv", Rows);

        var result = (await folder.SweepAsync()).Should().ContainSingle().Subject;

        result.Outcome.Should().Be(IntakeOutcome.Refused);
        result.Reason.Should().Contain("4 bytes");
        File.Exists(Path.Combine(folder.Feed, "a.csv")).Should().BeTrue();
    }

    [Theory]
    [InlineData("b.csv")]
    [InlineData("b.ctl")]
    public async Task FileThatMayNotBeRead_IsToldAndKeepsNoOtherOut(string theirs)
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Control(new(Rows: "rows"))));
        foreach (var stem in (string[])["a", "b", "c"])
        {
            folder.Put($"{stem}.csv", Rows + stem);
            folder.Put($"{stem}.ctl", "rows=2");
        }

        var intake = new DropIntake(folder.Lake, new FaultyUploads(folder.Uploads, name => name == theirs ? new LakeAccessException("Found no right to read it.", "It stays.", "Give it.") : null), folder.Time);

        var looked = await intake.LookAsync(folder.Contract, default);
        var swept = await intake.SweepAsync(folder.Contract, default);

        looked.Single(result => result.Name == "b.csv").Outcome.Should().Be(theirs == "b.ctl" ? IntakeOutcome.Refused : IntakeOutcome.Ready, "looking reads control files only");
        swept.Where(result => result.Outcome == IntakeOutcome.Taken).Select(result => result.Name).Should().BeEquivalentTo("a.csv", "c.csv");
        swept.Single(result => result.Name == "b.csv").Should().BeEquivalentTo(new { Outcome = IntakeOutcome.Refused }).And.BeOfType<IntakeResult>().Which.Reason.Should().Contain("no right to read it");
        File.Exists(Path.Combine(folder.Feed, "b.csv")).Should().BeTrue();
    }

    [Theory]
    [InlineData("b.csv")]
    [InlineData("b.ctl")]
    public async Task LakeThatDoesNotAnswer_RefusesNothing(string name)
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Control(new(Rows: "rows"))));
        folder.Put("b.csv", Rows);
        folder.Put("b.ctl", "rows=2");
        var intake = new DropIntake(folder.Lake, new FaultyUploads(folder.Uploads, opened => opened == name ? new LakeUnavailableException("Found no answer.", "It stays.", "Again.") : null), folder.Time);

        var sweep = () => intake.SweepAsync(folder.Contract, default);

        await sweep.Should().ThrowAsync<LakeUnavailableException>();
        (await folder.SweepAsync()).Should().ContainSingle().Which.Outcome.Should().Be(IntakeOutcome.Taken);
    }

    [Fact]
    public async Task ContractOfADatabase_TakesNothingIn()
    {
        using var folder = new DropFolder(DropFeeds.Of(DropFeeds.Trailer()));

        var sweep = () => folder.Intake.SweepAsync(folder.Contract with { Drop = null }, default);

        await sweep.Should().ThrowAsync<NotSupportedByLakeException>();
    }

    private sealed class GrowingUploads(IUploads inner, Action grow) : IUploads
    {
        public IAsyncEnumerable<Upload> ListAsync(string source, string feed, CancellationToken cancellationToken) => inner.ListAsync(source, feed, cancellationToken);

        public Task<Upload?> FindAsync(string source, string feed, string name, CancellationToken cancellationToken) => inner.FindAsync(source, feed, name, cancellationToken);

        public Task<IReadOnlyList<Upload>> SettledAsync(IReadOnlyList<Upload> uploads, CancellationToken cancellationToken)
        {
            grow();
            return inner.SettledAsync(uploads, cancellationToken);
        }

        public Task<Stream?> OpenReadAsync(Upload upload, CancellationToken cancellationToken) => inner.OpenReadAsync(upload, cancellationToken);

        public Task<bool> CopyAsync(Upload upload, string key, string sha256, CancellationToken cancellationToken) => inner.CopyAsync(upload, key, sha256, cancellationToken);

        public Task DeleteAsync(Upload upload, CancellationToken cancellationToken) => inner.DeleteAsync(upload, cancellationToken);
    }
}
