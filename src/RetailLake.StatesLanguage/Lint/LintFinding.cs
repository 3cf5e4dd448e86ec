namespace RetailLake.StatesLanguage;

/// <summary>A rule a sound workflow keeps and this definition breaks; the definition runs nevertheless.</summary>
public sealed record LintFinding(string Rule, string? State, string Message)
{
    public override string ToString() => $"{Rule}: {(State is null ? "state machine" : $"state '{State}'")}: {Message}";
}
