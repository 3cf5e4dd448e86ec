namespace RetailLake.StatesLanguage;

/// <summary>One thing wrong with a definition: the state (null for the machine itself), the field, and what is supported.</summary>
public sealed record DefinitionProblem(string? State, string? Field, string Message)
{
    public override string ToString() => State is null ? $"state machine: {Message}" : $"state '{State}': {Message}";
}
