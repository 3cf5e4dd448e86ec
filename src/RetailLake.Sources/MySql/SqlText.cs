namespace RetailLake.Sources.MySql;

/// <summary>A statement and the values it names. Names are quoted by <see cref="SqlName"/>; values that came from rows are always parameters.</summary>
internal sealed record SqlText(string Text, IReadOnlyList<(string Name, object Value)> Parameters)
{
    public static implicit operator SqlText(string text) => new(text, []);

    public SqlText Wrap(string before, string after = "") => this with { Text = before + Text + after };
}
