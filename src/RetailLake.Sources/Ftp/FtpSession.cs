using System.Globalization;
using System.Net.Sockets;
using RetailLake.Core.Drops.Pulls;

namespace RetailLake.Sources.Ftp;

/// <summary>One login: from the greeting to binary mode in the drops' folder, and data connections as secure as the login.</summary>
internal sealed class FtpSession : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(2);

    private readonly FtpLimits limits;
    private readonly FtpTrust? trust;
    private bool isExtendedRefused;
    private bool isInTransfer;

    private FtpSession(FtpControl control, FtpTrust? trust, FtpLimits limits)
    {
        Control = control;
        this.trust = trust;
        this.limits = limits;
    }

    public FtpControl Control { get; }

    public FtpFeatures Features { get; private set; } = new(false, false, false);

    public static async Task<FtpSession> OpenAsync(ServerLogin login, RecentLogins recent, FtpLimits limits, CancellationToken cancellationToken)
    {
        var trust = login.Scheme == ServerScheme.Ftps ? new FtpTrust(login) : null;
        FtpSession? session = null;
        try
        {
            session = new(await FtpControl.ConnectAsync(login, limits, cancellationToken), trust, limits);
            await session.GreetAsync(cancellationToken);
            await session.LogInAsync(login, recent, cancellationToken);
            await session.SettleAsync(login.Folder, cancellationToken);
            return session;
        }
        catch
        {
            session?.Control.Dispose();
            trust?.Dispose();
            throw;
        }
    }

    public Task<FtpReply> SendAsync(string verb, string? argument, CancellationToken cancellationToken) => Control.SendAsync(verb, argument, cancellationToken);

    /// <summary>Opens a data connection and asks for something to come on it.</summary>
    /// <returns>What comes, or the reply with which the server sends nothing.</returns>
    public async Task<(Stream? Data, FtpReply Reply)> ReceiveAsync(string verb, string? argument, long offset, CancellationToken cancellationToken)
    {
        var tcp = new TcpClient();
        var isOurs = true;
        try
        {
            var port = await PassiveAsync(cancellationToken);
            await FtpTimer.RunAsync(token => tcp.ConnectAsync(Control.Peer, port, token), limits.Connect, Control.Place, cancellationToken);
            var skip = await RestartAsync(offset, cancellationToken);
            var reply = await SendAsync(verb, argument, cancellationToken);
            if (!reply.IsPreliminary)
            {
                return (null, reply);
            }

            isInTransfer = true;
            Stream data = tcp.GetStream();
            data = trust is null ? data : await trust.SecureAsync(data, limits.Reply, cancellationToken);
            isOurs = false;
            return (new FtpTransfer(tcp, data, Control, limits) { Skip = skip, OnClosed = isComplete => isInTransfer = !isComplete }, reply);
        }
        finally
        {
            if (isOurs)
            {
                tcp.Dispose();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!isInTransfer)
        {
            await SayGoodbyeAsync();
        }

        Control.Dispose();
        trust?.Dispose();
    }

    private async Task GreetAsync(CancellationToken cancellationToken)
    {
        var greeting = await Control.ReadAsync(cancellationToken);
        while (greeting.IsPreliminary)
        {
            greeting = await Control.ReadAsync(cancellationToken);
        }

        Require(greeting, "welcome us");
        if (trust is not null)
        {
            Require(await SendAsync("AUTH", "TLS", cancellationToken), "offer TLS, which the location 'ftps://' demands");
            await Control.SecureAsync(trust, cancellationToken);
        }
    }

    private async Task LogInAsync(ServerLogin login, RecentLogins recent, CancellationToken cancellationToken)
    {
        var secret = login.Secret;
        var reply = await SendAsync("USER", Sendable(secret, secret.Username, "'username'"), cancellationToken);
        if (reply.Code == 331)
        {
            reply = await SendAsync("PASS", Sendable(secret, secret.Password, "'password'"), cancellationToken);
        }

        if (!reply.IsDone)
        {
            recent.Refused(login);
            throw FtpErrors.LoginRefused(Control.Place, reply);
        }

        recent.Taken(login);

        if (trust is not null)
        {
            Require(await SendAsync("PBSZ", "0", cancellationToken), "protect data connections");
            Require(await SendAsync("PROT", "P", cancellationToken), "protect data connections");
        }
    }

    private async Task SettleAsync(string folder, CancellationToken cancellationToken)
    {
        Features = FtpFeatures.Of(await SendAsync("FEAT", null, cancellationToken));
        if (Features.Utf8)
        {
            // Some servers give names in their own code page before it, and refuse the command when they always use UTF-8.
            _ = await SendAsync("OPTS", "UTF8 ON", cancellationToken);
        }

        // ASCII, the default, rewrites line ends.
        Require(await SendAsync("TYPE", "I", cancellationToken), "send files byte for byte");
        if (folder.Length > 0)
        {
            Require(await SendAsync("CWD", folder.Length > 1 ? folder.TrimEnd('/') : folder, cancellationToken), "give us the folder of the location");
        }
    }

    private async Task<int> PassiveAsync(CancellationToken cancellationToken)
    {
        if (!isExtendedRefused)
        {
            var extended = await SendAsync("EPSV", null, cancellationToken);
            if (extended.Code == 229)
            {
                return FtpDataPort.OfExtended(extended) ?? throw FtpErrors.Garbled(Control.Place, "an answer to EPSV without a port");
            }

            isExtendedRefused = true;
        }

        var passive = await SendAsync("PASV", null, cancellationToken);
        Require(passive, "open a data connection");
        return FtpDataPort.OfPassive(passive) ?? throw FtpErrors.Garbled(Control.Place, "an answer to PASV without a port");
    }

    /// <returns>Bytes to be read over, for a server that cannot begin in the middle.</returns>
    private async Task<long> RestartAsync(long offset, CancellationToken cancellationToken)
    {
        if (offset == 0)
        {
            return 0;
        }

        var reply = await SendAsync("REST", offset.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return reply.Code == 350 ? 0 : reply.IsUnknown ? offset : throw FtpErrors.Refused(Control.Place, "go on in the middle of a file", reply);
    }

    private async Task SayGoodbyeAsync()
    {
        using var limit = new CancellationTokenSource(GoodbyeLimit);
        try
        {
            await SendAsync("QUIT", null, limit.Token);
        }
        catch (Exception exception) when (exception is Core.Errors.SourceUnavailableException or OperationCanceledException)
        {
            // It is closed either way.
            _ = exception;
        }
    }

    private void Require(FtpReply reply, string what)
    {
        if (!reply.IsDone)
        {
            throw FtpErrors.Refused(Control.Place, what, reply);
        }
    }

    private static string Sendable(ServerSecret secret, string? value, string what)
    {
        var raw = RemoteName.Of(value ?? throw secret.Without(what)).Raw;
        return raw.Length > 0 && !raw.AsSpan().ContainsAny("\r\n\0") ? raw : throw ServerSecret.Unusable(secret.Name, $"a {what} that is empty or has a line end in it");
    }
}
