namespace RetailLake.Local.Demo;

/// <summary>About one row in a hundred breaks a rule, always the same ones, so that rejects can be promised and counted.</summary>
internal static class Dirt
{
    private const int Every = 97;
    private const int First = 13;

    /// <summary>Which of the table's kinds of dirt the row has; -1 if it is clean.</summary>
    public static int Kind(long index, int kinds) => index % Every == First ? (int)(index / Every % kinds) : -1;

    public static long Count(long rows, int kind, int kinds)
    {
        var dirty = (rows - First - 1 + Every) / Every;
        return rows <= First ? 0 : (dirty - kind + kinds - 1) / kinds;
    }
}
