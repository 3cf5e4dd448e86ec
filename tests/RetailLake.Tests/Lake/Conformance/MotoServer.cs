using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using RetailLake.Aws.S3;

namespace RetailLake.Tests.Lake.Conformance;

/// <summary>moto's server on a port of loopback, a process of the tests' own; without it the tests are skipped and counted.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(60);

    private Process? process;
    private string? url;

    internal string Url
    {
        get
        {
            Assert.SkipWhen(url is null, "moto_server is not installed here (pip install 'moto[server]').");
            return url!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        try
        {
            process = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", $"{port}"]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            return;
        }

        process!.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (await AnswersAsync(port))
        {
            url = $"http://127.0.0.1:{port}";
        }
    }

    /// <summary>Into a bucket of its own.</summary>
    internal async ValueTask<ILakeSite> OpenAsync()
    {
        var client = Client();
        var bucket = $"lake-{Guid.NewGuid():N}";
        await client.PutBucketAsync(bucket);
        return new MotoSite(client, bucket);
    }

    internal AmazonS3Client Client()
    {
        Assert.SkipWhen(url is null, "moto_server is not installed here (pip install 'moto[server]').");
        return new(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), S3Clients.Configure(new() { ServiceURL = url, AuthenticationRegion = "us-east-1", ForcePathStyle = true }));
    }

    public ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
        }

        process?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> AnswersAsync(int port)
    {
        var clock = Stopwatch.StartNew();
        while (!process!.HasExited && clock.Elapsed < Start)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        // 127: a version manager's shim without the tool behind it.
        return process.HasExited && process.ExitCode == 127 ? false : throw new InvalidOperationException("Found moto_server installed, and not listening.");
    }
}

[CollectionDefinition(Name)]
public sealed class MotoCollection : ICollectionFixture<MotoServer>
{
    public const string Name = "moto";
}
