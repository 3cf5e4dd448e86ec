using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RetailLake.Local.Home;

namespace RetailLake.Local.Owner;

/// <summary>
/// Takes commands of other processes over loopback. Only 127.0.0.1 is bound, the Host header must say so (a web page could otherwise reach it by
/// rebinding a name), and each request carries the token that only readers of owner.json have.
/// </summary>
public sealed class OwnerServer : IAsyncDisposable
{
    public const string TokenHeader = "X-Lake-Token";

    private readonly WebApplication app;
    private readonly LakeHome home;
    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly CommandRunner run;
    private int port;

    private OwnerServer(LakeHome home, CommandRunner run)
    {
        this.home = home;
        this.run = run;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
        });

        // A client that waits for a load must not be cut off because the owner's own command is done.
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromHours(6));
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(HandleAsync);
    }

    public static async Task<OwnerServer> StartAsync(LakeHome home, CommandRunner run)
    {
        var server = new OwnerServer(home, run);
        await server.app.StartAsync();
        var address = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.port = new Uri(address).Port;
        new OwnerFile(Environment.ProcessId, server.port, server.token).Write(home);
        return server;
    }

    /// <summary>Takes no new command, and ends when the running ones have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        OwnerFile.Remove(home);
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        if (!IsAllowed(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (await http.Request.ReadFromJsonAsync<CommandRequest>(http.RequestAborted) is not { } request)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        http.Response.ContentType = "application/x-ndjson";
        using var turn = new SemaphoreSlim(1);
        await using var output = new FrameWriter(SendAsync, isError: false);
        await using var error = new FrameWriter(SendAsync, isError: true);
        var exit = await run(request, output, error, http.RequestAborted);
        await output.FlushAsync();
        await error.FlushAsync();
        await SendAsync(new(Exit: exit));

        async Task SendAsync(CommandFrame frame)
        {
            await turn.WaitAsync();
            try
            {
                await http.Response.Body.WriteAsync(FrameWriter.Line(frame));
                await http.Response.Body.FlushAsync();
            }
            finally
            {
                turn.Release();
            }
        }
    }

    private bool IsAllowed(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path == "/run" && request.Host.Value == $"127.0.0.1:{port}" && !request.Headers.ContainsKey("Origin")
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString()), Encoding.UTF8.GetBytes(token));
}
