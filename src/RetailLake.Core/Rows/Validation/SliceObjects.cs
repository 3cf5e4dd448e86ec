using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Validation;

/// <summary>The objects that the validation of one slice writes.</summary>
internal sealed record SliceObjects(ILake Lake, RunKeys Keys, int Slice, string Attempt, PersonalTokens Tokens)
{
    public Task<LandedReader> OpenAsync(TableValidation table, CancellationToken cancellationToken) =>
        LandedReader.OpenAsync(Lake, table.Landed, table.Table.Columns.Count, cancellationToken);

    public Task<RejectWriter> CreateRejectsAsync(TableValidation table, CancellationToken cancellationToken) => RejectWriter.CreateAsync(
        Lake, Keys.QuarantineObject(Slice, Attempt, $"{table.Landed.Table}.rejects.ndjson.gz"), table.Table, Tokens, table.Landed.Place, cancellationToken);

    /// <returns>Null when all rows are valid.</returns>
    public async Task<LakeObject?> WriteVerdictsAsync(TableValidation table, CancellationToken cancellationToken)
    {
        if (table.RejectedRows == 0)
        {
            return null;
        }

        await using var writer = await Lake.CreateAsync(Keys.QuarantineObject(Slice, Attempt, $"{table.Landed.Table}.verdicts"), cancellationToken);
        await writer.Stream.WriteAsync(table.Verdicts.Bytes, cancellationToken);
        return await writer.CommitAsync(cancellationToken);
    }
}
