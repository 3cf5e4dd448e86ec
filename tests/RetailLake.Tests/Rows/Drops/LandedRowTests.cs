using System.Text;
using RetailLake.Core.Rows.Drops;

namespace RetailLake.Tests.Rows.Drops;

public sealed class LandedRowTests
{
    [Fact]
    public void ColumnsSetAtOnce_AreThoseSetOneByOne()
    {
        var random = new Random(7);
        var source = Encoding.ASCII.GetBytes("The quick brown fox jumps over the lazy dog");
        for (var columns = 1; columns <= 40; columns++)
        {
            var (first, count) = (random.Next(columns), 0);
            count = random.Next(columns - first) + 1;
            int[] starts = [.. Enumerable.Range(0, count).Select(_ => random.Next(source.Length))];
            int[] ends = [.. starts.Select(start => columns % 3 == 0 ? source.Length : random.Next(4) == 0 ? start : random.Next(8) == 0 ? -1 : random.Next(start, source.Length))];
            using var row = new LandedRow(columns);
            row.Begin(source, 1);

            var isAnyEmpty = row.Set(first, starts, ends);

            isAnyEmpty.Should().Be(starts.Zip(ends).Any(part => part.First >= part.Second));
            for (var column = 0; column < columns; column++)
            {
                var (start, end) = column >= first && column < first + count ? (starts[column - first], ends[column - first]) : (0, 0);
                row.IsNull(column).Should().Be(start >= end);
                Encoding.ASCII.GetString(row.Field(column)).Should().Be(start >= end ? "" : Encoding.ASCII.GetString(source[start..end]));
            }
        }
    }
}
