namespace RetailLake.Core.Rows.Validation;

/// <summary>
/// Judges parent and children side by side, ordered by the parent's key: a merge join that holds one key. One bad row rejects its whole unit;
/// a child without a parent is an orphan.
/// </summary>
internal sealed class UnitPass
{
    private readonly UnitCursor? parent;
    private readonly UnitCursor[] children;
    private readonly UnitKey unit;

    /// <param name="parent">Null when the slice landed no parent rows at all: every child is an orphan.</param>
    public UnitPass(UnitCursor? parent, IReadOnlyList<UnitCursor> children, UnitKey parentKey)
    {
        this.parent = parent;
        this.children = [.. children];
        unit = parentKey.Empty();
    }

    public void Run(CancellationToken cancellationToken)
    {
        foreach (var child in children)
        {
            child.Advance();
        }

        parent?.Advance();
        while (parent is { HasRow: true })
        {
            if ((parent.RowNumber & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            JudgeUnit(parent);
        }

        foreach (var child in children)
        {
            while (child.HasRow)
            {
                child.Orphan();
            }
        }
    }

    private void JudgeUnit(UnitCursor head)
    {
        unit.CopyFrom(head.Key);
        head.BeginUnit();
        var valid = true;
        while (head.HasRow && head.Key.Bytes.SequenceEqual(unit.Bytes))
        {
            valid &= head.IsValid;
            head.Advance();
        }

        foreach (var child in children)
        {
            while (child.HasRow && child.Key.Bytes.SequenceCompareTo(unit.Bytes) < 0)
            {
                child.Orphan();
            }

            child.BeginUnit();
            while (child.HasRow && child.Key.Bytes.SequenceEqual(unit.Bytes))
            {
                valid &= child.IsValid;
                child.Advance();
            }
        }

        if (!valid)
        {
            head.WithdrawUnit();
            foreach (var child in children)
            {
                child.WithdrawUnit();
            }
        }
    }
}
