using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RetailLake.Sources.Ftp;

/// <summary>The control connection (RFC 959): commands out, replies in, both as bytes. Nothing that came from a name can end a command.</summary>
internal sealed class FtpControl : IDisposable
{
    private const int MaxReplyBytes = 64 * 1024;
    private const int MaxCommandBytes = 4096;
    private static readonly SearchValues<char> Breaking = SearchValues.Create("\r\n\0\u00FF");

    private readonly TcpClient tcp;
    private readonly FtpLimits limits;
    private readonly byte[] buffer = new byte[4096];
    private Stream stream;
    private int start;
    private int end;

    private FtpControl(TcpClient tcp, string place, FtpLimits limits)
    {
        this.tcp = tcp;
        this.limits = limits;
        stream = tcp.GetStream();
        Place = place;
    }

    public string Place { get; }

    /// <summary>Who answers; data connections go nowhere else.</summary>
    public IPAddress Peer => ((IPEndPoint)tcp.Client.RemoteEndPoint!).Address;

    public static async Task<FtpControl> ConnectAsync(ServerLogin login, FtpLimits limits, CancellationToken cancellationToken)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await FtpTimer.RunAsync(token => tcp.ConnectAsync(login.Host, login.Port, token), limits.Connect, login.Place, cancellationToken);

            // While a long file comes on the data connection, routers between forget this one.
            tcp.Client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            tcp.Client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
            return new(tcp, login.Place, limits);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    public async Task<FtpReply> SendAsync(string verb, string? argument, CancellationToken cancellationToken)
    {
        var line = argument is null ? $"{verb}\r\n" : $"{verb} {argument}\r\n";
        if (argument.AsSpan().ContainsAny(Breaking) || line.Length > MaxCommandBytes)
        {
            throw new ArgumentException($"Found an argument of {verb} that cannot be sent; names and secrets are checked before. Nothing was sent. Look at {nameof(Core.Drops.Pulls.RemoteName)}.", nameof(argument));
        }

        await FtpTimer.RunAsync(token => stream.WriteAsync(Encoding.Latin1.GetBytes(line), token), limits.Reply, Place, cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    public Task<FtpReply> ReadAsync(CancellationToken cancellationToken) => FtpTimer.RunAsync(ReadReplyAsync, limits.Reply, Place, cancellationToken);

    /// <summary>Goes on in TLS, after the server agreed to it.</summary>
    public async Task SecureAsync(FtpTrust trust, CancellationToken cancellationToken)
    {
        // What came behind the reply in plain text could have been put there by anybody.
        if (start < end)
        {
            throw FtpErrors.Garbled(Place, "plain text behind the agreement to TLS");
        }

        stream = await trust.SecureAsync(stream, limits.Reply, cancellationToken);
    }

    public void Dispose()
    {
        stream.Dispose();
        tcp.Dispose();
    }

    /// <remarks>A reply of several lines begins with <c>nnn-</c> and ends with a line of the same number and a blank; what stands between may look like anything.</remarks>
    private async ValueTask<FtpReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        var read = 0;
        var lines = new List<string>();
        do
        {
            lines.Add(await ReadLineAsync(MaxReplyBytes - read, cancellationToken));
            read += lines[^1].Length + 2;
            if (lines.Count == 1 && !IsReplyLine(lines[0]))
            {
                throw FtpErrors.Garbled(Place, "something that begins with no reply code");
            }
        }
        while (!IsLast(lines));
        return new(int.Parse(lines[0].AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture), lines);
    }

    private static bool IsReplyLine(string line) =>
        line.Length >= 3 && line[0] is >= '1' and <= '5' && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2]) && (line.Length == 3 || line[3] is ' ' or '-');

    private static bool IsLast(List<string> lines) =>
        lines[0].Length == 3 || lines[0][3] == ' ' || (lines.Count > 1 && lines[^1].Length > 3 && lines[^1][3] == ' ' && lines[^1].AsSpan(0, 3).SequenceEqual(lines[0].AsSpan(0, 3)));

    private async ValueTask<string> ReadLineAsync(int maxBytes, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (start == end)
            {
                (start, end) = (0, await stream.ReadAsync(buffer, cancellationToken));
                if (end == 0)
                {
                    throw FtpErrors.Closed(Place);
                }
            }

            var newLine = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            var taken = newLine < 0 ? end - start : newLine;
            line.Append(Encoding.Latin1.GetString(buffer, start, taken));
            start += newLine < 0 ? taken : taken + 1;
            if (line.Length > maxBytes)
            {
                throw FtpErrors.Garbled(Place, $"more than {MaxReplyBytes:N0} bytes");
            }

            if (newLine >= 0)
            {
                return line.ToString().TrimEnd('\r');
            }
        }
    }
}
