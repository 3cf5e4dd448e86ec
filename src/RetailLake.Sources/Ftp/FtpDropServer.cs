using System.Runtime.CompilerServices;
using RetailLake.Core.Drops.Pulls;

namespace RetailLake.Sources.Ftp;

/// <summary>A folder on an FTP server, with or without TLS.</summary>
/// <remarks>
/// | the server has      | names from | size and time from       |
/// | MLSD (RFC 3659)     | MLSD       | MLSD                     |
/// | SIZE and MDTM       | NLST       | SIZE and MDTM, file by file |
/// | neither             | refused: the text of LIST is no statement of either |
/// </remarks>
internal sealed class FtpDropServer : IDropServer
{
    private readonly FtpSession session;

    private FtpDropServer(FtpSession session) => this.session = session;

    public string Place => session.Control.Place;

    public static async Task<FtpDropServer> ConnectAsync(ServerLogin login, FtpLimits limits, CancellationToken cancellationToken)
    {
        var session = await FtpSession.OpenAsync(login, limits, cancellationToken);
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
        if (!session.Features.SizeAndTime)
        {
            return await FactsAsync(name, cancellationToken);
        }

        var size = await session.SendAsync("SIZE", name.Raw, cancellationToken);
        var time = size.Code == 213 ? await session.SendAsync("MDTM", name.Raw, cancellationToken) : size;
        return Missing(time) ? null : new(
            FtpFacts.Size(size.Text.Trim()) ?? throw FtpErrors.Garbled(Place, "an answer to SIZE without a number"),
            FtpFacts.Time(time.Text.Trim()) ?? throw FtpErrors.Garbled(Place, "an answer to MDTM without a time"));
    }

    public async Task<Stream?> OpenReadAsync(RemoteName name, long offset, CancellationToken cancellationToken)
    {
        var (data, reply) = await session.ReceiveAsync("RETR", name.Raw, offset, cancellationToken);
        return data is not null ? data : reply.Code == 550 ? null : throw FtpErrors.Refused(Place, "send a file", reply);
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private async Task<FileState?> FactsAsync(RemoteName name, CancellationToken cancellationToken)
    {
        var reply = await session.SendAsync("MLST", name.Raw, cancellationToken);
        return Missing(reply) ? null : reply.Lines.Skip(1).Where(line => line.StartsWith(' ')).Select(line => FtpFacts.Entry(line[1..])).FirstOrDefault() is { IsFile: true } entry
            ? entry.State ?? throw FtpErrors.Lacks(Place, "size and time of a file")
            : null;
    }

    private bool Missing(FtpReply reply) => reply.Code is 550 or 501 or 553 || (reply.IsDone ? false : throw FtpErrors.Refused(Place, "say size and time of a file", reply));
}
