using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;
using static RetailLake.Core.Warehouse.Answer;

namespace RetailLake.Core.Export;

/// <summary>What the outbox holds of one sequence.</summary>
internal sealed record ManthanFigures(long Rows, long Deleted, long Replaced, string? FirstDate, string? LastDate, IReadOnlyList<(string Name, decimal Sum, int Scale)> Totals)
{
    public static ManthanFigures Of(ManthanSpec manthan, ContractTable table, IReadOnlyList<object?> row) => new(
        Whole(row[0]), Whole(row[1]), Whole(row[2]), (string?)row[3], (string?)row[4],
        [.. manthan.Totals.Select((name, index) => (name, Convert.ToDecimal(row[index + 5], CultureInfo.InvariantCulture), table.Column(name).Type.Scale))]);

    /// <summary>published = exported, by count and by every control total that the control file states.</summary>
    public void CheckAgainst(IEnumerable<BalanceRow> books, string table)
    {
        foreach (var book in books.Where(book => book.Table == table).OrderByDescending(book => book.Measure == LoadTally.Rows))
        {
            var published = book.Hops["published"];
            if (book.Measure == LoadTally.Rows)
            {
                Equal("rows", published, Rows);
            }
            else if (Totals.Where(total => total.Name == book.Measure).Select(total => (decimal?)total.Sum).FirstOrDefault() is { } exported)
            {
                Equal(book.Measure, published, exported);
            }
        }

        void Equal(string measure, decimal expected, decimal found)
        {
            if (expected != found)
            {
                throw new BooksDoNotBalanceException(
                    string.Create(CultureInfo.InvariantCulture, $"Found {found:0.######} at hop 'published = exported of {table}.{measure}'; expected {expected:0.######}."),
                    "No export was built; what was delivered before stays.",
                    "Compare 'ops.load_balance' with the outbox of this sequence; start the feed's work again with 'lake rerun' when rows are missing there.");
            }
        }
    }

    public byte[] ControlFile(Contract contract, long sequence, string execution, ExportFile data, ExportFile? deletions)
    {
        var text = new StringBuilder();
        Line("file", data.Name);
        Line("rows", data.Rows.ToString(CultureInfo.InvariantCulture));
        Line("bytes", data.Object.Bytes.ToString(CultureInfo.InvariantCulture));
        Line("sha256", data.Object.Sha256);
        if (deletions is not null)
        {
            Line("deleted_file", deletions.Name);
            Line("deleted_rows", deletions.Rows.ToString(CultureInfo.InvariantCulture));
            Line("deleted_bytes", deletions.Object.Bytes.ToString(CultureInfo.InvariantCulture));
            Line("deleted_sha256", deletions.Object.Sha256);
        }

        Line("business_date_min", FirstDate ?? "");
        Line("business_date_max", LastDate ?? "");
        foreach (var (name, sum, scale) in Totals)
        {
            Line($"total_{name}", sum.ToString($"F{scale.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture));
        }

        Line("replaced_characters", Replaced.ToString(CultureInfo.InvariantCulture));
        Line("sequence", sequence.ToString(CultureInfo.InvariantCulture));
        Line("contract", contract.Id);
        Line("contract_version", contract.Version);
        Line("execution", execution);
        return Encoding.UTF8.GetBytes(text.ToString());

        void Line(string key, string value) => text.Append(key).Append('=').Append(value).Append('\n');
    }
}
