using System.Text;
using System.Text.Json;

namespace RetailLake.Local.Owner;

/// <summary>Standard output or error of a forwarded command, as frames of the answer.</summary>
internal sealed class FrameWriter(Func<CommandFrame, Task> send, bool isError) : TextWriter
{
    private readonly StringBuilder pending = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => pending.Append(value);

    public override void Write(string? value)
    {
        pending.Append(value);
        if (value?.Contains('\n', StringComparison.Ordinal) == true)
        {
            Flush();
        }
    }

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Flush() => FlushAsync().GetAwaiter().GetResult();

    public override async Task FlushAsync()
    {
        var text = pending.ToString();
        pending.Clear();
        if (text.Length > 0)
        {
            await send(isError ? new(Error: text) : new(Out: text));
        }
    }

    internal static byte[] Line(CommandFrame frame) => [.. JsonSerializer.SerializeToUtf8Bytes(frame, JsonSerializerOptions.Web), (byte)'\n'];
}
