using System.Reflection;
using RetailLake.Core.Errors;

namespace RetailLake.Local.Isolated;

/// <summary>
/// What Lambda's own process does: loads a function from the folder of its package and serves it through the Runtime API. Everything is told by the
/// environment, under the names Lambda uses: <c>AWS_LAMBDA_RUNTIME_API</c>, <c>_HANDLER</c>, <c>LAMBDA_TASK_ROOT</c>.
/// </summary>
public static class FunctionProcess
{
    /// <returns>0 when it was stopped, 1 when the function could not be made; that was told to the Runtime API.</returns>
    public static async Task<int> RunAsync(Func<string, string?> environment, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var handler = Required(environment, "_HANDLER");
        var folder = Required(environment, "LAMBDA_TASK_ROOT");
        var main = handler.Split("::")[0];
        if (!File.Exists(Path.Combine(folder, $"{main}.dll")))
        {
            throw new NotSupportedByLakeException(
                $"Found no '{main}.dll' in '{folder}', expected the package of handler '{handler}'.", "Nothing was started.", "Name the folder the package was unpacked to in LAMBDA_TASK_ROOT.");
        }

        var assembly = new FunctionAssemblies(folder, main).LoadFromAssemblyName(typeof(FunctionProcess).Assembly.GetName());
        var serve = assembly.GetType(typeof(RuntimeLoop).FullName!)!.GetMethod(nameof(RuntimeLoop.ServeAsync), BindingFlags.Public | BindingFlags.Static)!;
        object[] arguments = [Required(environment, "AWS_LAMBDA_RUNTIME_API"), handler, environment("AWS_LAMBDA_FUNCTION_NAME") ?? main, stop];
        return await (Task<int>)serve.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }

    private static string Required(Func<string, string?> environment, string name) => environment(name) is { Length: > 0 } value ? value : throw new NotSupportedByLakeException(
        $"Found no '{name}' in the environment, expected what Lambda gives a function's process.", "Nothing was started.", "Start it as Lambda does; people call functions with 'lake invoke'.");
}
