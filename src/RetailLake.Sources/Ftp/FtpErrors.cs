using System.Net.Sockets;
using System.Security.Authentication;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.Ftp;

/// <summary>Replies and network errors as outcomes. What may go away by itself is worth a retry; a refusal is not.</summary>
internal static class FtpErrors
{
    private const string Kept = "Nothing was landed; what was read of a file is kept and read on from there.";
    private const string NothingRead = "Nothing was read.";

    public static bool IsNetwork(Exception exception) => exception is IOException or SocketException or ObjectDisposedException or AuthenticationException;

    public static SourceUnavailableException Cut(string place, Exception exception) => new(
        $"Found '{place}' out of reach or the connection to it cut ({exception.GetType().Name}).", Kept,
        "It is tried again; if it stays so, check the server and the network, then redrive.", exception);

    public static SourceUnavailableException Closed(string place) => new(
        $"Found that '{place}' closed the connection in the middle of a reply.", Kept, "It is tried again; if it stays so, ask the sender what ended it.");

    public static SourceUnavailableException Silent(string place, TimeSpan limit, Exception exception) => new(
        FormattableString.Invariant($"Found '{place}' silent for {limit.TotalSeconds:N1} s."), Kept,
        "It is tried again; if it stays so, check the server and the firewalls between, then redrive.", exception);

    public static SourceUnavailableException Garbled(string place, string what) => new(
        $"Found {what} from '{place}' where an FTP reply was expected.", Kept, "It is tried again; if it stays so, ask the sender what answers on this port.");

    public static LakeException Refused(string place, string what, FtpReply reply) => reply.IsPassing || reply.IsCrowded
        ? new SourceUnavailableException($"Found that '{place}' cannot {what} now: '{reply}'.", Kept, "It is tried again; if it stays so, ask the sender, then redrive.")
        : new SourceAccessException($"Found that '{place}' does not {what}: '{reply}'.", Kept, "Ask the sender, or correct the contract's location or the secret; then redrive.");

    public static SourceUnavailableException Unfinished(string place, FtpReply reply) => new(
        $"Found that '{place}' did not send to the end: '{reply}'.", Kept, "It is tried again; if it stays so, ask the sender.");

    /// <summary>Without the server's words: some repeat what they were sent.</summary>
    public static LakeException LoginRefused(string place, FtpReply reply) => reply.IsPassing || reply.IsCrowded
        ? new SourceUnavailableException($"Found that '{place}' takes no login now (reply {reply.Code}).", NothingRead, "It is tried again; if it stays so, ask the sender.")
        : new SourceAccessException($"Found that '{place}' refuses the user or the password (reply {reply.Code}).", NothingRead, "Correct the secret, then redrive; more attempts could lock the account.");

    public static SourceUnavailableException TurnedAway(string place, SourceAccessException refusal) => new(
        $"Found that '{place}' refuses a login that it took minutes ago; it may allow no more connections at once.", NothingRead,
        "It is tried again; if it stays so, ask the sender how many connections are allowed and whether the password was changed, then redrive.", refusal);

    public static SourceAccessException Untrusted(string place, string found, string expected, Exception? exception = null) => new(
        $"Found {found} at '{place}'; expected {expected}.", NothingRead,
        "Ask the sender whether the certificate has changed; only then put the new one into the secret ('certificateSha256', 'ca' or 'caFile').", exception);

    public static NotSupportedByLakeException Lacks(string place, string what) => new(
        $"Found that '{place}' offers no {what}.", "Nothing was read: size and time of a file show whether it is complete.",
        "Ask the sender for a server that has them, for SFTP, or to upload the drops.");
}
