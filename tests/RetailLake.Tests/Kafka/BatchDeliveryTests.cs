using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using RetailLake.Core.Streams;
using RetailLake.Local.Kafka;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Kafka;

/// <summary>Lambda's poller against a function that fails in every way it can.</summary>
public sealed class BatchDeliveryTests
{
    private readonly FakeTimeProvider time = new();
    private readonly List<string> invoked = [];
    private readonly List<FailedBatch> kept = [];
    private readonly List<string> done = [];

    [Fact]
    public async Task BatchThatLands_IsDone()
    {
        var delivery = Delivery(_ => Answer());

        await DeliverAsync(delivery, [.. Polled.Records(0, 5, 9), .. Polled.Records(1, 0, 2)]);

        done.Should().Equal("0@9", "1@2");
        invoked.Should().Equal("0:5-9 1:0-2");
        delivery.Partitions.Should().BeEmpty();
    }

    [Fact]
    public async Task PartitionThatFailed_ComesAgainFromItsOffset_LaterEachTime_AndHoldsUpNoOther()
    {
        var fails = 4;
        var delivery = Delivery(payload => payload.Contains("pos.bill-0", StringComparison.Ordinal) && fails-- > 0 ? Answer((0, 7)) : Answer());

        await DeliverAsync(delivery, [.. Polled.Records(0, 5, 9), .. Polled.Records(1, 0, 2)]);

        done.Should().Equal("0@6", "1@2");
        delivery.Partitions.Should().Equal(new TopicPartition("pos.bill", 0));
        await DeliverAsync(delivery, Polled.Records(1, 3, 4));
        done[^1].Should().Be("1@4");
        List<int> pauses = [];
        for (var waited = 0; delivery.Partitions.Count > 0; waited++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            var before = invoked.Count;
            await DeliverAsync(delivery, []);
            (pauses, waited) = invoked.Count > before ? ([.. pauses, waited], -1) : (pauses, waited);
        }

        pauses.Should().Equal(1, 3, 7, 15);
        invoked.Should().Equal("0:5-9 1:0-2", "1:3-4", "0:7-9", "0:7-9", "0:7-9", "0:7-9");
        done[^1].Should().Be("0@9");
        kept.Should().BeEmpty();
    }

    [Fact]
    public async Task BatchThatFailsForGood_IsKeptWholeWithItsReason_AndThePartitionGoesOn()
    {
        var delivery = Delivery(_ => null);

        await DeliverAsync(delivery, Polled.Records(0, 5, 9));
        await WaitAsync(delivery);

        kept.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Attempts = 12, Reason = "TestException: it broke" });
        kept[0].Records.Select(record => record.Offset).Should().Equal(5, 6, 7, 8, 9);
        done.Should().Equal("0@9");
        invoked.Should().HaveCount(12, "ten retries follow the first attempt, as on AWS where a destination is set");
    }

    [Fact]
    public async Task WithoutADestination_NothingIsEverGivenUp()
    {
        var fails = 50;
        var delivery = Delivery(_ => fails-- > 0 ? null : Answer(), Polled.Mapping with { KeepsFailures = false });

        await DeliverAsync(delivery, Polled.Records(0, 5, 9));
        await WaitAsync(delivery);

        done.Should().Equal("0@9");
        invoked.Should().HaveCount(51);
    }

    [Fact]
    public async Task WhatTheFunctionHandsBack_IsNeverGivenUp()
    {
        var fails = 50;
        var delivery = Delivery(_ => fails-- > 0 ? Answer((0, 5)) : Answer());

        await DeliverAsync(delivery, Polled.Records(0, 5, 9));
        await WaitAsync(delivery);

        kept.Should().BeEmpty("it said itself that they are to come again");
        done.Should().Equal("0@9");
        invoked.Should().HaveCount(51);
    }

    [Fact]
    public async Task MoreOfAPartitionThatWaits_GoesBehindWhatWaits()
    {
        var fails = 2;
        var delivery = Delivery(payload => payload.Contains("pos.bill-0", StringComparison.Ordinal) && fails-- > 0 ? null : Answer());

        await DeliverAsync(delivery, Polled.Records(0, 5, 9));
        await DeliverAsync(delivery, [.. Polled.Records(0, 10, 12), .. Polled.Records(1, 0, 2)]);
        await DeliverAsync(delivery, Polled.Records(0, 13, 13));
        done.Should().Equal("1@2");
        await WaitAsync(delivery);

        done.Should().Equal("1@2", "0@9", "0@12", "0@13");
        invoked.Should().Equal("0:5-9", "1:0-2", "0:5-9", "0:5-9", "0:10-12", "0:13-13");
    }

    [Fact]
    public async Task KeptNowhere_IsNotGivenUp()
    {
        var fails = 20;
        var delivery = Delivery(_ => fails-- > 0 ? null : Answer(), keeps: false);

        await DeliverAsync(delivery, Polled.Records(0, 5, 9));
        await WaitAsync(delivery);

        done.Should().Equal("0@9");
    }

    [Fact]
    public async Task Bisected_OnlyTheRecordThatFailsIsKept_InOrder()
    {
        var delivery = Delivery(payload => payload.Contains("\"offset\":7,", StringComparison.Ordinal) ? null : Answer(), Polled.Mapping with { Bisects = true, MaximumRetries = 3 });

        await DeliverAsync(delivery, Polled.Records(0, 0, 9));
        await WaitAsync(delivery);

        kept.Should().ContainSingle().Which.Records.Should().ContainSingle().Which.Offset.Should().Be(7);
        invoked.Where(batch => !batch.Contains('7', StringComparison.Ordinal)).Should().NotBeEmpty();
        done[^1].Should().Be("0@9");
    }

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":{"partition":"pos.other-0","offset":5}}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":{"partition":"pos.bill-0","offset":77}}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"5"}]}""")]
    [InlineData("""{"batchItemFailures":[{}]}""")]
    [InlineData("no json")]
    public async Task AnswerThatNamesNoRecord_MeansThatAllComesAgain(string answer)
    {
        var asked = 0;
        var delivery = Delivery(_ => asked++ == 0 ? answer : Answer());

        await DeliverAsync(delivery, Polled.Records(0, 5, 9));
        await WaitAsync(delivery);

        invoked.Should().Equal("0:5-9", "0:5-9");
    }

    private async Task WaitAsync(BatchDelivery delivery)
    {
        for (var waited = 0; delivery.Partitions.Count > 0; waited++)
        {
            waited.Should().BeLessThan(1_000);
            time.Advance(TimeSpan.FromSeconds(30));
            await DeliverAsync(delivery, []);
        }
    }

    private async Task DeliverAsync(BatchDelivery delivery, List<PolledRecord> batch) =>
        done.AddRange((await delivery.DeliverAsync(batch, default)).Select(pair => $"{pair.Key.Partition}@{pair.Value.Offset}"));

    /// <param name="function">Its answer to an event; null: it throws.</param>
    private BatchDelivery Delivery(Func<string, string?> function, LocalTopicMapping? mapping = null, bool keeps = true) => new(
        mapping ?? Polled.Mapping, "127.0.0.1:9092",
        (payload, _) =>
        {
            var text = System.Text.Encoding.UTF8.GetString(payload);
            invoked.Add(string.Join(' ', JsonNode.Parse(text)!["records"]!.AsObject().Select(pair => $"{pair.Key.Split('-')[1]}:{pair.Value![0]!["offset"]}-{pair.Value.AsArray()[^1]!["offset"]}")));
            return Task.FromResult(function(text) is { } answer ? new InvokedBatch(System.Text.Encoding.UTF8.GetBytes(answer), null, "r") : new InvokedBatch(null, "TestException: it broke", "r"));
        },
        (failed, _) =>
        {
            kept.AddRange(keeps ? [failed] : []);
            return Task.FromResult(keeps);
        },
        time);

    private static string Answer(params (int Partition, long Offset)[] failed) => new JsonObject
    {
        ["batchItemFailures"] = new JsonArray([.. failed.Select(item => new JsonObject { ["itemIdentifier"] = new JsonObject { ["partition"] = $"pos.bill-{item.Partition}", ["offset"] = item.Offset } })]),
    }.ToJsonString();
}
