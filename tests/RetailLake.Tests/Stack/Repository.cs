using System.Runtime.CompilerServices;

namespace RetailLake.Tests.Stack;

internal static class Repository
{
    public static string Root { get; } = RootAbove(ThisFile());

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(Path(parts));

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
