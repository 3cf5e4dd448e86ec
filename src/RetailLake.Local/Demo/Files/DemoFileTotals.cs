namespace RetailLake.Local.Demo.Files;

/// <summary>What a generated file holds of one table, known from writing it and not from reading it.</summary>
/// <param name="Rows">All rows, right or not.</param>
/// <param name="Rejected">Rows that validation must put into quarantine.</param>
/// <param name="Reasons">Rejected rows by code; each has one.</param>
/// <param name="Sums">Over all rows, by column: at least the contract's control totals. A value that cannot be read counts 0.</param>
/// <param name="RejectedSums">The part of them that rejected rows have.</param>
public sealed record DemoFileTotals(
    string Table, long Rows, long Rejected, IReadOnlyDictionary<string, long> Reasons, IReadOnlyDictionary<string, decimal> Sums, IReadOnlyDictionary<string, decimal> RejectedSums)
{
    public long Valid => Rows - Rejected;

    public IReadOnlyDictionary<string, decimal> ValidSums => Sums.ToDictionary(sum => sum.Key, sum => sum.Value - RejectedSums[sum.Key]);

    /// <summary>The totals of several files, by table.</summary>
    public static IReadOnlyList<DemoFileTotals> Add(IEnumerable<DemoFileTotals> totals) =>
        [.. totals.GroupBy(total => total.Table, StringComparer.Ordinal).Select(group => group.Aggregate((one, other) => one.Plus(other)))];

    private DemoFileTotals Plus(DemoFileTotals other) => new(
        Table, Rows + other.Rows, Rejected + other.Rejected,
        Reasons.Concat(other.Reasons).GroupBy(reason => reason.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(reason => reason.Value), StringComparer.Ordinal),
        Plus(Sums, other.Sums), Plus(RejectedSums, other.RejectedSums));

    private static Dictionary<string, decimal> Plus(IReadOnlyDictionary<string, decimal> one, IReadOnlyDictionary<string, decimal> other) =>
        one.ToDictionary(sum => sum.Key, sum => sum.Value + other[sum.Key], StringComparer.Ordinal);
}
