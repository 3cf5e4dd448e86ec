using System.Runtime.CompilerServices;
using RetailLake.Core.Drops.Pulls;

namespace RetailLake.Sources.Ftp;

/// <summary>A folder on an FTP server, with or without TLS.</summary>
/// <remarks>
/// | the server has      | names from | size and time from          | a single file's from        |
/// | MLSD (RFC 3659)     | MLSD       | MLSD                        | MLST, which says them alike |
/// | SIZE and MDTM       | NLST       | SIZE and MDTM, file by file | SIZE and MDTM               |
/// | neither             | refused: the text of LIST is no statement of either                   |
///
/// MDTM may tell a file's time with or without the fraction or the zone that MLSD tells it with: held against each other, a file would have changed at every look.
/// A server with MLSD that does not know MLST, or says no time in either, is asked for SIZE and MDTM.
/// </remarks>
internal sealed class FtpDropServer : IDropServer
{
    private readonly FtpSession session;

    private FtpDropServer(FtpSession session) => this.session = session;

    public string Place => session.Control.Place;

    public static async Task<FtpDropServer> ConnectAsync(ServerLogin login, RecentLogins recent, FtpLimits limits, CancellationToken cancellationToken)
    {
        var session = await FtpSession.OpenAsync(login, recent, limits, cancellationToken);
        if (session.Features is { Mlsd: true } or { SizeAndTime: true })
        {
            return new(session);
        }

        await session.DisposeAsync();
        throw FtpErrors.Lacks(login.Place, "MLSD, and not both of SIZE and MDTM");
    }

    public async IAsyncEnumerable<ServerEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasFacts = session.Features.Mlsd;
        var (data, reply) = await session.ReceiveAsync(hasFacts ? "MLSD" : "NLST", null, 0, cancellationToken);
        if (data is null)
        {
            // Many servers answer so when there is nothing to name.
            _ = hasFacts || reply.Code is not (450 or 550 or 226) ? throw FtpErrors.Refused(Place, "list its folder", reply) : reply;
            yield break;
        }

        await using (data)
        {
            var lines = new FtpLines(data, Place);
            while (await lines.ReadAsync(cancellationToken) is { } line)
            {
                if (!hasFacts)
                {
                    yield return new(new(line), IsFile: true, null);
                }
                else if (FtpFacts.Entry(line) is { } entry)
                {
                    yield return entry;
                }
            }
        }
    }

    public async Task<FileState?> StateAsync(RemoteName name, CancellationToken cancellationToken)
    {
        if (!session.Features.Mlsd)
        {
            return await SizeAndTimeAsync(name, cancellationToken);
        }

        var reply = await session.SendAsync("MLST", name.Raw, cancellationToken);
        if (reply.Code is 500 or 502 && session.Features.SizeAndTime)
        {
            return await SizeAndTimeAsync(name, cancellationToken);
        }

        if (Missing(reply))
        {
            return null;
        }

        var entry = reply.Lines.Skip(1).Select(line => FtpFacts.Entry(line.StartsWith(' ') ? line[1..] : line)).OfType<ServerEntry>().FirstOrDefault();
        return entry is { IsFile: false } ? null
            : entry?.State ?? (session.Features.SizeAndTime ? await SizeAndTimeAsync(name, cancellationToken) : throw FtpErrors.Lacks(Place, "size and time of a file"));
    }

    public async Task<Stream?> OpenReadAsync(RemoteName name, long offset, CancellationToken cancellationToken)
    {
        var (data, reply) = await session.ReceiveAsync("RETR", name.Raw, offset, cancellationToken);

        // About this file alone: it is gone, busy, or not for us.
        return data is not null ? data : reply.Code is 450 or 550 or 553 ? null : throw FtpErrors.Refused(Place, "send a file", reply);
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private async Task<FileState?> SizeAndTimeAsync(RemoteName name, CancellationToken cancellationToken)
    {
        var size = await session.SendAsync("SIZE", name.Raw, cancellationToken);
        var time = size.Code == 213 ? await session.SendAsync("MDTM", name.Raw, cancellationToken) : size;
        return Missing(time) ? null : new(
            FtpFacts.Size(size.Text.Trim()) ?? throw FtpErrors.Garbled(Place, "an answer to SIZE without a number"),
            FtpFacts.Time(time.Text.Trim()) ?? throw FtpErrors.Garbled(Place, "an answer to MDTM without a time"));
    }

    private bool Missing(FtpReply reply) => reply.Code is 550 or 501 or 553 || (reply.IsDone ? false : throw FtpErrors.Refused(Place, "say size and time of a file", reply));
}
