using System.Reflection;
using System.Runtime.Loader;

namespace RetailLake.Local.Isolated;

/// <summary>
/// The assemblies of a published function, as its own deps.json places them. This assembly is loaded into it once more, so that both speak of the same
/// <c>ILambdaContext</c>; only the framework is shared with the process.
/// </summary>
internal sealed class FunctionAssemblies(string folder, string main) : AssemblyLoadContext(main)
{
    private readonly AssemblyDependencyResolver resolver = new(Path.Combine(folder, $"{main}.dll"));

    public Assembly Host { get; } = typeof(FunctionAssemblies).Assembly;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        var path = assemblyName.Name == Host.GetName().Name ? Host.Location : resolver.ResolveAssemblyToPath(assemblyName);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
