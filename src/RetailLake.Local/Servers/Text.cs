namespace RetailLake.Local.Servers;

internal static class Text
{
    private const int TailLines = 12;

    public static string Tail(string text) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(TailLines));
}
