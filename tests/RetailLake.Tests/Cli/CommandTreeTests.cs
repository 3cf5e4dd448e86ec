using System.Runtime.CompilerServices;
using RetailLake.Cli;

namespace RetailLake.Tests.Cli;

public sealed class CommandTreeTests
{
    [Fact]
    public void TreeOfACommand_IsNotKept()
    {
        var trees = Enumerable.Range(0, 3).Select(_ => Parsed()).ToList();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        trees.Should().OnlyContain(tree => !tree.IsAlive, "'lake up' makes one for each command it is sent");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Parsed()
    {
        using StringWriter output = new();
        string[] arguments = ["sql", "SELECT 1", "--json"];
        var root = LakeCommandLine.Create(new(new(output, output, 0, "."), null, arguments));
        root.Parse(arguments).Errors.Should().BeEmpty();
        return new(root);
    }
}
