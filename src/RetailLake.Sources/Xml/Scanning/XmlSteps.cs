using System.Runtime.CompilerServices;

namespace RetailLake.Sources.Xml.Scanning;

/// <summary>The step that last led away from each leaf: a machine writes the same again. Leaves that are followed by ever other steps are given up.</summary>
internal sealed class XmlSteps
{
    private const int MostMisses = 32;

    /// <summary>Of the names that come first; with these the steps take 200 KB at most.</summary>
    private const int MostNames = 512;

    private readonly XmlStep?[] steps = new XmlStep?[MostNames];
    private readonly byte[] misses = new byte[MostNames];

    /// <param name="leaf">Its name.</param>
    /// <param name="end">Of its text.</param>
    /// <returns>Null: another step follows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public XmlStep? Find(int leaf, byte[] window, int end)
    {
        if (leaf < MostNames && steps[leaf] is { } step && step.StandsAt(window, end))
        {
            misses[leaf] = 0;
            return step;
        }

        return null;
    }

    /// <returns>What is to be filled with the step just read; null: it is not kept.</returns>
    public XmlStep? Room(int leaf, long length)
    {
        if (leaf >= MostNames || length > XmlStep.Longest || misses[leaf] == MostMisses)
        {
            return null;
        }

        misses[leaf]++;
        return steps[leaf] ??= new();
    }
}
