using System.Net;
using System.Net.Sockets;

namespace RetailLake.Local.Servers;

internal static class FreePort
{
    /// <summary>A port that was free a moment ago; the servers take another when somebody was quicker.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
