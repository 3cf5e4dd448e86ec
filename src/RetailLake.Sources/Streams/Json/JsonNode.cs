using System.Text;
using System.Text.Json;

namespace RetailLake.Sources.Streams.Json;

/// <summary>The members of an object that a plan wants; all others are skipped.</summary>
internal sealed class JsonNode
{
    private JsonMember[] members = [];
    private JsonText? text;

    /// <summary>The member of this name, made when there is none; its value has a slot of the scope.</summary>
    public JsonMember Member(string name, JsonScope scope)
    {
        var wanted = Encoding.UTF8.GetBytes(name);
        if (Array.Find(members, member => member.Name.AsSpan().SequenceEqual(wanted)) is { } known)
        {
            return known;
        }

        var member = new JsonMember(wanted, scope.AddSlot());
        members = [.. members, member];
        return member;
    }

    /// <param name="next">Producers write members in one order: where the last one was found, the next is tried first.</param>
    public JsonMember? Find(ref Utf8JsonReader reader, ref int next)
    {
        if (reader.ValueIsEscaped)
        {
            return FindEscaped(ref reader);
        }

        var name = reader.ValueSpan;
        for (var tried = 0; tried < members.Length; tried++)
        {
            var index = next < members.Length ? next : 0;
            next = index + 1;
            if (name.SequenceEqual(members[index].Name))
            {
                return members[index];
            }
        }

        return null;
    }

    /// <summary>A name with half of a surrogate pair is nobody's.</summary>
    private JsonMember? FindEscaped(ref Utf8JsonReader reader)
    {
        if ((text ??= new()).TryUnescape(reader.ValueSpan, out var name))
        {
            foreach (var member in members)
            {
                if (name.SequenceEqual(member.Name))
                {
                    return member;
                }
            }
        }

        return null;
    }
}

/// <param name="Slot">Where its value is kept, in the scope that it belongs to.</param>
internal sealed record JsonMember(byte[] Name, int Slot)
{
    /// <summary>Members of the value are wanted: it must be an object, or null.</summary>
    public JsonNode? Object { get; set; }

    /// <summary>Elements of the value are wanted, each an object of its own scope: it must be an array, or null.</summary>
    public JsonScope? Elements { get; set; }
}

/// <summary>What one frame holds: the slots of an object and of the objects in it, up to the next array.</summary>
internal sealed class JsonScope(int depth)
{
    public JsonNode Node { get; } = new();

    /// <summary>Arrays around it.</summary>
    public int Depth { get; } = depth;

    public int Slots { get; private set; }

    /// <summary>Index of the table whose rows its objects are; −1: none.</summary>
    public int Table { get; set; } = -1;

    public int AddSlot() => Slots++;
}
