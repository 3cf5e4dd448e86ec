namespace RetailLake.Core.Contracts.Yaml;

/// <summary>Ends the reading of a file whose rest can no longer be understood, or is not worth reading.</summary>
internal sealed class UnreadableYamlException(int line, int column, string message, string remedy) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Remedy { get; } = remedy;
}
