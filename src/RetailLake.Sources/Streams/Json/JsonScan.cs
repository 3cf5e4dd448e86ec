using System.Text.Json;
using RetailLake.Core.Rows;

namespace RetailLake.Sources.Streams.Json;

/// <summary>One pass over a JSON object: it is proven well-formed to its end, and the wanted values are noted where they stand. Allocates nothing for a good record.</summary>
internal sealed class JsonScan
{
    private const int MostElements = 10_000;

    public static readonly RejectReason NotJson = new(RejectCode.Json, "one JSON object of at most 64 levels");

    private static readonly RejectReason Twice = new(RejectCode.Members, "each member of the contract's paths once");
    private static readonly RejectReason NoObject = new(RejectCode.Members, "an object where the contract's paths lead on");
    private static readonly RejectReason NoArray = new(RejectCode.Members, "an array of objects where the contract has a table's rows");
    private static readonly RejectReason TooMany = new(RejectCode.Members, $"at most {MostElements:N0} elements in the arrays of one record");

    private int start;
    private RejectReason? fault;

    public JsonFrames Frames { get; } = new();

    /// <returns>Null when the frames hold the record.</returns>
    public RejectReason? Read(byte[] buffer, int start, int length, JsonScope root)
    {
        Frames.Clear();
        (this.start, fault) = (start, null);
        var reader = new Utf8JsonReader(buffer.AsSpan(start, length));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return NotJson;
            }

            ReadObject(ref reader, root.Node, Frames.Add(root, -1, 1));
            while (reader.Read())
            {
            }

            return fault;
        }
        catch (JsonException)
        {
            return NotJson;
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, JsonNode node, int frame)
    {
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = node.Find(ref reader, ref next);
            reader.Read();
            if (member is null)
            {
                reader.Skip();
            }
            else
            {
                ReadMember(ref reader, member, frame);
            }
        }
    }

    private void ReadMember(ref Utf8JsonReader reader, JsonMember member, int frame)
    {
        if (Frames[frame, member.Slot].IsThere)
        {
            fault ??= Twice;
        }

        var (kind, from, isEscaped) = (reader.TokenType, (int)reader.TokenStartIndex, reader.ValueIsEscaped);
        if (kind == JsonTokenType.String)
        {
            Frames[frame, member.Slot] = new(kind, isEscaped, start + from + 1, reader.ValueSpan.Length);
            fault ??= member.Object is not null ? NoObject : member.Elements is not null ? NoArray : null;
            return;
        }

        Descend(ref reader, member, frame);
        Frames[frame, member.Slot] = new(kind, false, start + from, (int)reader.BytesConsumed - from);
    }

    private void Descend(ref Utf8JsonReader reader, JsonMember member, int frame)
    {
        var kind = reader.TokenType;
        if (kind == JsonTokenType.StartObject && member.Object is { } node)
        {
            ReadObject(ref reader, node, frame);
        }
        else if (kind == JsonTokenType.StartArray && member.Elements is { } scope)
        {
            ReadElements(ref reader, scope, frame);
        }
        else
        {
            reader.Skip();
        }

        if (kind != JsonTokenType.Null && !(member.Object is not null && kind == JsonTokenType.StartObject) && !(member.Elements is not null && kind == JsonTokenType.StartArray))
        {
            fault ??= member.Object is not null ? NoObject : member.Elements is not null ? NoArray : null;
        }
    }

    private void ReadElements(ref Utf8JsonReader reader, JsonScope scope, int frame)
    {
        var number = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject || Frames.Count > MostElements)
            {
                fault ??= Frames.Count > MostElements ? TooMany : NoArray;
                reader.Skip();
                continue;
            }

            ReadObject(ref reader, scope.Node, Frames.Add(scope, frame, ++number));
        }
    }
}
