using System.Runtime.CompilerServices;

namespace RetailLake.Tests;

/// <summary>The repository that the tests were built from, what was built beside them, and what lies beside it.</summary>
internal static class Repository
{
    private static readonly DirectoryInfo Built = new(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));

    public static string Root { get; } = RootAbove(ThisFile());

    public static string Contracts { get; } = Path("contracts");

    /// <summary>Schemas and samples that are not part of the repository; may be absent.</summary>
    public static string Shared { get; } = System.IO.Path.GetFullPath(Path("..", "shared"));

    /// <summary>Debug or Release.</summary>
    public static string Configuration => Built.Parent!.Name;

    /// <summary>The command line, built with the tests.</summary>
    public static string Lake => Program("src", "RetailLake.Cli", "lake");

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(Path(parts));

    /// <summary>A program of the solution, built as the tests are.</summary>
    public static string Program(string folder, string project, string name) => Path(folder, project, "bin", Configuration, Built.Name, name);

    private static string RootAbove(string file)
    {
        var folder = new FileInfo(file).Directory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "RetailLake.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"Found no RetailLake.sln above '{file}'; these tests read the repository they were built from.");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
