using RetailLake.Core;
using RetailLake.Core.Errors;

namespace RetailLake.Functions.Hosting;

/// <summary>Opens a port for one URI scheme. Registering one opens nothing.</summary>
public sealed record PortFactory<T>(string Scheme, Func<IServiceProvider, string, LakeSettings, T> Open);

/// <summary>Chooses a port's factory by the scheme of its URI.</summary>
public static class Ports
{
    public static T Open<T>(IServiceProvider services, IEnumerable<PortFactory<T>> factories, string setting, string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var scheme = uri.Split(':', 2)[0];
        var factory = factories.LastOrDefault(factory => factory.Scheme == scheme) ?? throw new NotSupportedByLakeException(
            $"Found {setting} '{scheme}://…'; known schemes are {string.Join(", ", factories.Select(known => $"'{known.Scheme}'"))}.",
            "Nothing was started.",
            $"Correct {setting}.");
        return factory.Open(services, uri, (LakeSettings)services.GetService(typeof(LakeSettings))!);
    }
}
