using RetailLake.Local.Templates;

namespace RetailLake.Local.Running;

/// <summary>The folder of template.yaml: named, or the nearest one at or above a folder, or above this program.</summary>
public static class AppFolder
{
    public static string Find(string? named, string folder)
    {
        if (named is not null)
        {
            var full = Path.GetFullPath(named, folder);
            return IsApp(full) ? full : throw new TemplateRefusedException($"Found no 'template.yaml' in '{full}'.", "Name the folder of this application with --app.");
        }

        return Above(folder) ?? Above(AppContext.BaseDirectory) ?? throw new TemplateRefusedException(
            $"Found no 'template.yaml' in '{folder}' or above it.", "Run lake inside the application's folder, or name it with --app.");
    }

    private static string? Above(string folder)
    {
        for (var candidate = new DirectoryInfo(folder); candidate is not null; candidate = candidate.Parent)
        {
            if (IsApp(candidate.FullName))
            {
                return candidate.FullName;
            }
        }

        return null;
    }

    private static bool IsApp(string folder) => File.Exists(Path.Combine(folder, "template.yaml"));
}
