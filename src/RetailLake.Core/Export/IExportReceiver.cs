namespace RetailLake.Core.Export;

/// <summary>The folder that an export goes to. Names are plain file names.</summary>
/// <remarks>
/// Broken or unreachable → <see cref="Errors.DeliveryUnavailableException"/>; refused (key, host key, rights) → <see cref="Errors.DeliveryRefusedException"/>.
/// </remarks>
public interface IExportReceiver : IAsyncDisposable
{
    /// <summary>Where it is, without secrets; for the ledger and for errors.</summary>
    string Target { get; }

    /// <returns>Length in bytes, or null when there is no such file.</returns>
    Task<long?> LengthAsync(string name, CancellationToken cancellationToken);

    Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a file, over one that is there.</summary>
    Task WriteAsync(string name, Stream content, CancellationToken cancellationToken);

    /// <summary>Fails when <paramref name="to"/> exists.</summary>
    Task RenameAsync(string from, string to, CancellationToken cancellationToken);

    /// <summary>Does nothing when there is no such file.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
