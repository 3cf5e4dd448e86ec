using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>The problems of one file, found along the way; nothing stops at the first.</summary>
internal sealed class ProblemList(string file)
{
    /// <summary>A hostile file must not cost more than it can say.</summary>
    private const int Cap = 200;

    private readonly List<ContractProblem> found = [];

    public string File { get; } = file;

    public int Count { get; private set; }

    public IReadOnlyList<ContractProblem> Kept => found;

    public void Add(YamlNode at, string message, string remedy) => Add(at.Line, at.Column, message, remedy);

    public void Add(int line, int column, string message, string remedy)
    {
        Count++;
        if (found.Count < Cap)
        {
            found.Add(new(File, line, column, message, remedy));
        }
    }
}
