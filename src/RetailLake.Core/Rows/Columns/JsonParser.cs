using System.Text.Json;

namespace RetailLake.Core.Rows.Columns;

/// <summary>Well-formed JSON (RFC 8259), at most 64 levels deep.</summary>
internal sealed class JsonParser(int maxBytes) : ValueParser
{
    private static readonly RejectReason NotJson = new(RejectCode.Json, "well-formed JSON of at most 64 levels");

    private readonly TextParser text = new(maxBytes);

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell) => this.text.Parse(text, ref cell) ?? (IsJson(text) ? null : NotJson);

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
