using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Sources.Ftp;

namespace RetailLake.Tests.Ftp;

/// <summary>An FTP server that misbehaves as it is told. It knows nothing that a real one would teach us; those are tested for themselves.</summary>
internal sealed class ScriptedFtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> sessions = [];
    private readonly Task serving;

    public ScriptedFtpServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of files that are listed and not sent.</summary>
    public HashSet<string> Withheld { get; } = new(StringComparer.Ordinal);

    public DateTime Modified { get; set; } = new(2026, 11, 21, 9, 30, 0, DateTimeKind.Utc);

    /// <summary>Of a second, as MLSD and MLST tell it and MDTM does not: <c>.250</c>.</summary>
    public string Fraction { get; set; } = "";

    public string Greeting { get; set; } = "220-Hello\r\n 220 is not the end\r\n220 Ready\r\n";

    public string Features { get; set; } = "211-Features:\r\n MLST type*;size*;modify*;\r\n SIZE\r\n MDTM\r\n REST STREAM\r\n UTF8\r\n211 End\r\n";

    /// <summary>Replies by verb, instead of what the server would say.</summary>
    public Dictionary<string, string> Replies { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes of a listing; null: made of <see cref="Files"/>.</summary>
    public byte[]? Listing { get; set; }

    /// <summary>What follows the data.</summary>
    public string AfterData { get; set; } = "226 Done\r\n";

    /// <summary>So many bytes are sent on each data connection, then it ends.</summary>
    public int MostBytes { get; set; } = int.MaxValue;

    /// <summary>After <see cref="MostBytes"/> the data connection stays open and silent.</summary>
    public bool Stalls { get; set; }

    public ConcurrentQueue<string> Commands { get; } = [];

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Location => $"ftp://127.0.0.1:{Port}/";

    public Contract Contract => PullFeeds.Of(Location);

    public static FtpLimits Impatient { get; } = new() { Connect = TimeSpan.FromSeconds(5), Reply = TimeSpan.FromSeconds(1), Data = TimeSpan.FromMilliseconds(300) };

    public IDropServers Servers => new DropServers(PullFeeds.Secrets(new { username = "u", password = "p" })) { Limits = Impatient };

    public Task<IDropServer> OpenAsync() => Servers.OpenAsync(Contract, default);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        await Task.WhenAll(sessions);
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                sessions.Add(SessionAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
            _ = exception;
        }
    }

    private async Task SessionAsync(TcpClient client)
    {
        using var data = new TcpListener(IPAddress.Loopback, 0);
        try
        {
            using (client)
            {
                var control = client.GetStream();
                await SayAsync(control, Greeting);
                using var reader = new StreamReader(control, Encoding.Latin1);
                var offset = 0L;
                while (await reader.ReadLineAsync(stop.Token) is { } line)
                {
                    Commands.Enqueue(line);
                    var (verb, argument) = line.IndexOf(' ') is var blank and > 0 ? (line[..blank], line[(blank + 1)..]) : (line, "");
                    offset = verb == "REST" && !Replies.ContainsKey(verb) && long.TryParse(argument, CultureInfo.InvariantCulture, out var start) ? start : verb == "RETR" ? offset : 0;
                    if (!await AnswerAsync(control, data, verb, argument, offset))
                    {
                        break;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The client went, or the test is over.
            _ = exception;
        }
    }

    private async Task<bool> AnswerAsync(NetworkStream control, TcpListener data, string verb, string argument, long offset)
    {
        if (Replies.TryGetValue(verb, out var told))
        {
            await SayAsync(control, told);
            return told.Length > 0;
        }

        switch (verb)
        {
            case "EPSV" or "PASV":
                data.Start();
                var port = ((IPEndPoint)data.LocalEndpoint).Port;
                // Another machine's address: whoever believes it goes nowhere.
                await SayAsync(control, verb == "EPSV" ? $"229 Go (|||{port}|)\r\n" : $"227 Go (192,0,2,1,{port / 256},{port % 256})\r\n");
                return true;
            case "MLSD" or "NLST":
                await SendAsync(control, data, Listing ?? Encoding.Latin1.GetBytes(string.Concat(Files.Select(file => Line(verb, file.Key, file.Value.Length)))));
                return AfterData.Length > 0;
            case "RETR" when Files.TryGetValue(argument, out var file) && !Withheld.Contains(argument):
                await SendAsync(control, data, file.AsMemory((int)Math.Min(offset, file.Length)));
                return AfterData.Length > 0;
            default:
                await SayAsync(control, Plain(verb, argument));
                return verb != "QUIT";
        }
    }

    private string Plain(string verb, string argument) => verb switch
    {
        "USER" => "331 Password\r\n",
        "PASS" => "230 In\r\n",
        "FEAT" => Features,
        "REST" => "350 Restarting\r\n",
        "SIZE" when Files.TryGetValue(argument, out var file) => $"213 {file.Length}\r\n",
        "MDTM" when Files.ContainsKey(argument) => $"213 {Modified:yyyyMMddHHmmss}\r\n",
        "MLST" when Files.TryGetValue(argument, out var file) => $"250-Listing\r\n {Facts(argument, file.Length)}250 End\r\n",
        "SIZE" or "MDTM" or "MLST" or "RETR" => "550 Not there\r\n",
        _ => "200 Fine\r\n",
    };

    private string Line(string verb, string name, int size) => verb == "NLST" ? $"{name}\r\n" : Facts(name, size);

    private string Facts(string name, int size) => $"type=file;size={size};modify={Modified:yyyyMMddHHmmss}{Fraction}; {name}\r\n";

    private async Task SendAsync(NetworkStream control, TcpListener data, ReadOnlyMemory<byte> content)
    {
        using var client = await data.AcceptTcpClientAsync(stop.Token);
        await SayAsync(control, "150 Here\r\n");
        await client.GetStream().WriteAsync(content[..Math.Min(content.Length, MostBytes)], stop.Token);
        if (Stalls)
        {
            await Task.Delay(Timeout.Infinite, stop.Token);
        }

        client.Close();
        await SayAsync(control, AfterData);
    }

    private async Task SayAsync(NetworkStream control, string text) => await control.WriteAsync(Encoding.Latin1.GetBytes(text), stop.Token);
}
