using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>Where pulls remember things in the lake. A file is known by a hash over name, size and time, so that no key holds what a server said.</summary>
public sealed record PullKeys(string Source, string Feed)
{
    private string Folder => $"pulls/{Source}/{Feed}";

    /// <summary>A file that grew or was replaced is another file.</summary>
    public static string FileId(RemoteName name, FileState state)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(state);
        var text = string.Create(CultureInfo.InvariantCulture, $"{name.Raw.Length}:{name.Raw}:{state.Bytes}:{state.Modified.UtcTicks}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(text)));
    }

    /// <summary>Of a file that disagrees with its control file: when either changes, it is looked at again.</summary>
    public static string RefusedId(string id, FileState companion)
    {
        ArgumentNullException.ThrowIfNull(companion);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}:{companion.Bytes}:{companion.Modified.UtcTicks}"))));
    }

    /// <summary>By month of the file's time: a poll lists only the months that the server still shows.</summary>
    public string NoticedFolder(DateTimeOffset modified) => $"{Folder}/noticed/{Month(modified)}/";

    public string SeenFolder(DateTimeOffset modified) => $"{Folder}/seen/{Month(modified)}/";

    public string Noticed(string id, FileState state) => $"{NoticedFolder(state.Modified)}{id}.json";

    public string Seen(string id, FileState state) => $"{SeenFolder(state.Modified)}{id}.json";

    /// <summary>Content that disagreed with its control file, by file and content.</summary>
    public string Disputed(string id, string sha256) => $"{Folder}/disputed/{id}/{sha256}.json";

    public string Parts(string id) => $"{Folder}/parts/{id}/";

    public static string List(string source, string execution, int pass) => string.Create(CultureInfo.InvariantCulture, $"pulls/{source}/run={execution}/drops-{pass}.json");

    public static string MapResults(string source, string execution, int pass) => string.Create(CultureInfo.InvariantCulture, $"pulls/{source}/run={execution}/map-{pass}");

    private static string Month(DateTimeOffset modified) => modified.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);
}

/// <summary>A file as a poll first saw it (<c>pulls/…/noticed/</c>, written once).</summary>
/// <param name="Text">The name for people.</param>
public sealed record NoticedFile(RemoteName Name, string Text, FileState State, DateTimeOffset At);

/// <summary>A file that needs no download any more (<c>pulls/…/seen/</c>, written once).</summary>
/// <param name="Outcome">landed | refused</param>
/// <param name="Drop">Id of the drop; null when refused.</param>
/// <param name="Message">Why it was refused.</param>
public sealed record SeenFile(string Text, SeenOutcome Outcome, string? Drop, string? Message, DateTimeOffset At);

public enum SeenOutcome
{
    Landed,
    Refused,
}
