using RetailLake.Core.Streams;
using RetailLake.Local.Kafka;

namespace RetailLake.Tests.Kafka;

public sealed class PartitionStartTests
{
    private static readonly TopicPartition Of = new("pos.bill", 3);

    [Theory]
    [InlineData(-1, 0, 0, false, 0)]
    [InlineData(-1, 40, 90, false, 40)]
    [InlineData(-1, 40, 90, true, 90)]
    [InlineData(9, 0, 10, false, 9)]
    [InlineData(9, 0, 50, true, 9)]
    [InlineData(9, 9, 50, false, 9)]
    [InlineData(9, 10, 10, false, 10)]
    [InlineData(9, 10, 50, false, 10)]
    public void WhatLanded_SaysWhereToReadOn(long landed, long low, long high, bool fromLatest, long offset) =>
        PartitionStart.Of(Of, landed, low, high, fromLatest).Should().Be(new PartitionStart(offset, null));

    [Theory]
    [InlineData(9, 0, 0, "ends before offset 0, expected more than 9")]
    [InlineData(9, 0, 9, "ends before offset 9, expected more than 9")]
    [InlineData(9, 11, 50, "begins with offset 11, expected 10: 1 record(s) left the broker")]
    [InlineData(9, 30, 30, "20 record(s) left the broker")]
    public void LostPlace_IsNeverSkippedOver(long landed, long low, long high, string said) =>
        PartitionStart.Of(Of, landed, low, high, fromLatest: false).Lost.Should().Contain("'pos.bill-3'").And.Contain(said);
}
