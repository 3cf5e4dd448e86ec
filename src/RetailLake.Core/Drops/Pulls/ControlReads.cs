using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Drops.Pulls;

/// <param name="Figures">Null when the file is gone, too large, or not (yet) what the contract says.</param>
/// <param name="IsUnreadable">It is there, and the server does not give it to us.</param>
internal sealed record ControlReading(ControlFigures? Figures, bool IsUnreadable = false);

internal static class ControlReads
{
    public static async Task<ControlReading> ReadAsync(IDropServer server, RemoteName name, FileState state, ControlFile spec, CancellationToken cancellationToken)
    {
        if (state.Bytes > ControlFigures.MaxBytes)
        {
            return new(null);
        }

        if (await server.OpenReadAsync(name, 0, cancellationToken) is not { } stream)
        {
            return new(null, IsUnreadable: await server.StateAsync(name, cancellationToken) == state);
        }

        await using (stream)
        {
            // One byte more: only what is longer than it may be is growing.
            var content = new byte[ControlFigures.MaxBytes + 1];
            var length = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
            return length < content.Length ? new(Parse(spec, content.AsSpan(0, length))) : throw new SourceUnavailableException(
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
