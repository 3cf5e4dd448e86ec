using System.Security.Cryptography;
using RetailLake.Core.Contracts.Compile;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts;

/// <summary>Reads folders of contracts: <c>folder/source/feed.odcs.yaml</c>. A contract with a problem is not among the contracts.</summary>
public static class ContractLoader
{
    public const string Ending = ".odcs.yaml";

    private const int MostProblems = 200;

    /// <param name="further">Further problems of a contract that is right in itself, e.g. of the deployment.</param>
    public static LoadedContracts Load(IEnumerable<string> folders, Func<Contract, IEnumerable<ContractObjection>>? further = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var problems = new List<ContractProblem>();
        var left = 0;
        var loaded = new List<(Contract Contract, string File)>();
        foreach (var (folder, file) in folders.SelectMany(folder => ContractFiles.In(folder, problems).Select(file => (folder, file))))
        {
            var found = new ProblemList(file);
            if (Compile(folder, file, found) is { } contract)
            {
                loaded.Add((contract, file));
                Object(further?.Invoke(contract) ?? [], found);
            }

            problems.AddRange(found.Kept);
            left += found.Count - found.Kept.Count;
        }

        problems.AddRange(Clashes.Among(loaded));
        var wrong = problems.Select(problem => problem.File).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. loaded.Where(pair => !wrong.Contains(pair.File)).Select(pair => pair.Contract).OrderBy(contract => contract.Id, StringComparer.Ordinal)],
            [.. problems.Take(MostProblems)],
            left + Math.Max(0, problems.Count - MostProblems));
    }

    /// <summary>One contract from its bytes; the file need not exist.</summary>
    public static LoadedContracts Read(string source, string feed, ReadOnlySpan<byte> yaml, string file)
    {
        var problems = new ProblemList(file);
        var contract = Compile(source, feed, yaml, problems);
        return new(contract is null ? [] : [contract], problems.Kept, problems.Count - problems.Kept.Count);
    }

    private static Contract? Compile(string folder, string file, ProblemList problems)
    {
        var parts = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar);
        if (parts.Length != 2 || !parts[1].EndsWith(Ending, StringComparison.Ordinal))
        {
            problems.Add(1, 1, $"Found a YAML file that is not at <source>/<feed>{Ending} below '{folder}', so no feed would come of it.", "Move or rename it.");
            return null;
        }

        return ContractFiles.Read(file, problems) is { } bytes ? Compile(parts[0], parts[1][..^Ending.Length], bytes.Span, problems) : null;
    }

    private static Contract? Compile(string source, string feed, ReadOnlySpan<byte> yaml, ProblemList problems)
    {
        if (YamlReader.Read(yaml, problems) is not { } document
            || ContractCompiler.Compile(document, source, feed, Convert.ToHexStringLower(SHA256.HashData(yaml)), problems) is not { } contract)
        {
            return null;
        }

        Object(LaterStages.ObjectionsTo(contract), problems);
        return problems.Count == 0 ? contract : null;
    }

    private static void Object(IEnumerable<ContractObjection> objections, ProblemList problems)
    {
        foreach (var objection in objections)
        {
            problems.Add(1, 1, objection.Message, objection.Remedy);
        }
    }
}
