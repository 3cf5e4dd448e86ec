using RetailLake.Core.Contracts;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>One folder of a sender's server, logged in. Only read; nothing of the sender's is ever changed. Used by one caller at a time.</summary>
/// <remarks>
/// Cut, silent or unreachable → <see cref="Errors.SourceUnavailableException"/>; refused (password, certificate, host key, folder) →
/// <see cref="Errors.SourceAccessException"/>. After either the connection is of no more use: dispose it and open another.
/// </remarks>
public interface IDropServer : IAsyncDisposable
{
    /// <summary>For texts; holds neither user nor password.</summary>
    string Place { get; }

    /// <summary>What lies in the folder, in the server's order. Names are as the server says them: look at <see cref="RemoteName.Problem"/> first.</summary>
    IAsyncEnumerable<ServerEntry> ListAsync(CancellationToken cancellationToken);

    /// <returns>Null when there is no such file (any more), or it is no plain file.</returns>
    Task<FileState?> StateAsync(RemoteName name, CancellationToken cancellationToken);

    /// <summary>Opens a file behind its first <paramref name="offset"/> bytes. The stream ends only where the server has confirmed the end.</summary>
    /// <returns>
    /// Null when there is no such file (any more), or when the server shows it and does not give it to us: many answer both alike, <see cref="StateAsync"/> tells which it is.
    /// The connection is still good.
    /// </returns>
    Task<Stream?> OpenReadAsync(RemoteName name, long offset, CancellationToken cancellationToken);
}

/// <param name="State">Null when the listing does not tell it; <see cref="IDropServer.StateAsync"/> does.</param>
public sealed record ServerEntry(RemoteName Name, bool IsFile, FileState? State);

/// <param name="Modified">UTC.</param>
public sealed record FileState(long Bytes, DateTimeOffset Modified);

/// <summary>Logs in to the server of a contract.</summary>
public interface IDropServers
{
    /// <summary>Whether the contract's drops are pulled from a server; others upload theirs.</summary>
    bool Serves(Contract contract);

    /// <exception cref="Errors.SourceAccessException">The server refuses us, or is not the one we know.</exception>
    /// <exception cref="Errors.SourceUnavailableException">It cannot be reached.</exception>
    Task<IDropServer> OpenAsync(Contract contract, CancellationToken cancellationToken);
}
