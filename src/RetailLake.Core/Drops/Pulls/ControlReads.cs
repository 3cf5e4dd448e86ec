using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Drops.Pulls;

internal static class ControlReads
{
    /// <returns>Null when it is gone, too large, or not (yet) what the contract says.</returns>
    public static async Task<ControlFigures?> ReadAsync(IDropServer server, RemoteName name, FileState state, ControlFile spec, CancellationToken cancellationToken)
    {
        if (state.Bytes > ControlFigures.MaxBytes || await server.OpenReadAsync(name, 0, cancellationToken) is not { } stream)
        {
            return null;
        }

        await using (stream)
        {
            var content = new byte[ControlFigures.MaxBytes];
            var length = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
            return length < content.Length ? Parse(spec, content.AsSpan(0, length)) : throw new SourceUnavailableException(
                $"Found '{name.Text}' at '{server.Place}' growing beyond {ControlFigures.MaxBytes:N0} bytes while it was read; a control file was expected.",
                "Nothing was taken.", "It is tried again; when it stays so, correct the name of the control file in the contract.");
        }
    }

    private static ControlFigures? Parse(ControlFile spec, ReadOnlySpan<byte> content)
    {
        try
        {
            return ControlFigures.Parse(spec, content);
        }
        catch (FormatException)
        {
            // The sender may still be writing it; what stays wrong shows as a file that waits.
            return null;
        }
    }
}
