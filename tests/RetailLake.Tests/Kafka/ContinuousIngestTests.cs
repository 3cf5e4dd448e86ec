using Microsoft.Extensions.Time.Testing;
using RetailLake.Local.Kafka;

namespace RetailLake.Tests.Kafka;

/// <summary>The loop that follows what lands, whatever an execution does.</summary>
public sealed class ContinuousIngestTests
{
    private static readonly StreamTopic Bills = new("pos.bill", "pos", "bill");

    private readonly FakeTimeProvider time = new();
    private readonly List<string> logged = [];

    [Fact]
    public async Task WhatAnExecutionLeavesOver_IsTakenByTheNext()
    {
        var turns = 0;
        await using var ingest = Ingest(() => Task.FromResult(++turns < 3 ? IngestTurn.MoreWaits : IngestTurn.Done));

        ingest.Landed(Bills);

        await StreamLake.UntilAsync(() => ingest.IsIdle);
        turns.Should().Be(3);
    }

    [Fact]
    public async Task ExecutionThatThrows_IsAFailure_AndWhatLandsStartsTheNext()
    {
        var turns = 0;
        await using var ingest = Ingest(() => ++turns == 1 ? throw new InvalidOperationException("no room") : Task.FromResult(IngestTurn.Done));

        ingest.Landed(Bills);
        await StreamLake.UntilAsync(() => Logged("starts it again in 5 s"));
        ingest.Landed(Bills);
        turns.Should().Be(1, "not at once");
        await StreamLake.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return turns == 2 && ingest.IsIdle;
        });

        Logged("'pos.bill' was not loaded: InvalidOperationException: no room").Should().BeTrue();
    }

    private ContinuousIngest Ingest(Func<Task<IngestTurn>> turn) => new((_, _) => turn(), time, line =>
    {
        lock (logged)
        {
            logged.Add(line);
        }
    });

    private bool Logged(string text)
    {
        lock (logged)
        {
            return logged.Exists(line => line.Contains(text, StringComparison.Ordinal));
        }
    }
}
