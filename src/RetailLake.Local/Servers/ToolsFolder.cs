namespace RetailLake.Local.Servers;

/// <summary>Where unpacked servers live: LAKE_TOOLS, or <c>.lake/tools</c> beside the solution.</summary>
public static class ToolsFolder
{
    public static string Default
    {
        get
        {
            if (Environment.GetEnvironmentVariable("LAKE_TOOLS") is { Length: > 0 } told)
                return Path.GetFullPath(told);
            return Path.Combine(Solution(AppContext.BaseDirectory) ?? Solution(Environment.CurrentDirectory) ?? Environment.CurrentDirectory,
                ".lake", "tools");
        }
    }

    private static string? Solution(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RetailLake.sln")))
                return folder.FullName;
        return null;
    }
}
