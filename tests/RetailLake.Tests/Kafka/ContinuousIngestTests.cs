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
        await using var ingest = Ingest(() => Task.FromResult(++turns > 0), () => Task.FromResult(turns < 3));

        ingest.Landed(Bills);

        await StreamLake.UntilAsync(() => ingest.IsIdle);
        turns.Should().Be(3);
    }

    [Fact]
    public async Task WhatLandedMeanwhile_StartsTheNext_AndNobodyLooksForMore()
    {
        var (turns, looks) = (0, 0);
        ContinuousIngest? own = null;
        await using var ingest = Ingest(
            () =>
            {
                if (++turns == 1)
                {
                    own!.Landed(Bills);
                }

                return Task.FromResult(true);
            },
            () => Task.FromResult(++looks < 0));
        own = ingest;

        ingest.Landed(Bills);

        await StreamLake.UntilAsync(() => ingest.IsIdle);
        (turns, looks).Should().Be((2, 1));
    }

    [Fact]
    public async Task ExecutionThatThrows_IsAFailure_AndWhatLandsStartsTheNext()
    {
        var turns = 0;
        await using var ingest = Ingest(() => ++turns == 1 ? throw new InvalidOperationException("no room") : Task.FromResult(true), () => Task.FromResult(false));

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

    private ContinuousIngest Ingest(Func<Task<bool>> turn, Func<Task<bool>> moreWaits) => new((_, _) => turn(), (_, _) => moreWaits(), time, line =>
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
