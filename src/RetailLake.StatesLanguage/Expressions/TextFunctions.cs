using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.Expressions;

internal static class TextFunctions
{
    public static readonly IntrinsicFunction[] All =
    [
        new("States.Format", 1, int.MaxValue, (a, _) => Format(a)),
        new("States.StringToJson", 1, 1, (a, _) => ToJson(a.Text(0))),
        new("States.JsonToString", 1, 1, (a, _) => Payload.Text(a[0])),
        new("States.JsonMerge", 3, 3, (a, _) => Merge(a)),
        new("States.StringSplit", 2, 2, (a, _) => Split(a.Text(0), a.Text(1))),
        new("States.Base64Encode", 1, 1, (a, _) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Short(a.Text(0))))),
        new("States.Base64Decode", 1, 1, (a, _) => Decode(Short(a.Text(0)))),
        new("States.Hash", 2, 2, (a, _) => Hash(a)),
    ];

    /// <summary>Each {} takes the next argument; \{ \} \' and \\ stand for themselves.</summary>
    private static string Format(JsonNode?[] arguments)
    {
        var template = arguments.Text(0);
        var text = new StringBuilder();
        var next = 1;
        for (var index = 0; index < template.Length; index++)
        {
            if (template[index] == '\\' && index + 1 < template.Length)
            {
                text.Append(template[++index]);
            }
            else if (template[index] == '{' && index + 1 < template.Length && template[index + 1] == '}')
            {
                index++;
                if (next == arguments.Length)
                {
                    throw new IntrinsicArgumentException($"{arguments.Length - 1} values where the template has more {{}}");
                }

                var value = arguments[next++];
                text.Append(value.IsString() ? value!.GetValue<string>() : Payload.Text(value));
            }
            else
            {
                text.Append(template[index]);
            }
        }

        return next == arguments.Length
            ? text.ToString()
            : throw new IntrinsicArgumentException($"{arguments.Length - 1} values where the template has {next - 1} {{}}");
    }

    private static JsonNode? ToJson(string text)
    {
        try
        {
            return Payload.Parse(text);
        }
        catch (JsonException)
        {
            throw new IntrinsicArgumentException("a text that is not JSON");
        }
    }

    private static JsonObject Merge(JsonNode?[] arguments)
    {
        if (arguments.Flag(2))
        {
            throw new IntrinsicArgumentException("true as argument 3 where false (shallow merge, the only mode AWS has) is expected");
        }

        var merged = arguments.Map(0).DeepClone().AsObject();
        foreach (var (name, value) in arguments.Map(1))
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    // AWS treats every character of the second argument as a delimiter and drops empty parts.
    private static JsonArray Split(string text, string delimiters) =>
        new([.. text.Split(delimiters.ToCharArray(), StringSplitOptions.RemoveEmptyEntries).Select(part => JsonValue.Create(part))]);

    private static string Short(string text) => text.Length <= 10_000
        ? text
        : throw new IntrinsicArgumentException($"{text.Length} characters where at most 10,000 are allowed");

    private static string Decode(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw new IntrinsicArgumentException("a text that is not Base64");
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "The States Language names MD5 and SHA-1; nothing here relies on them.")]
    [SuppressMessage("Security", "CA5351", Justification = "The States Language names MD5 and SHA-1; nothing here relies on them.")]
    private static string Hash(JsonNode?[] arguments)
    {
        var data = Encoding.UTF8.GetBytes(Short(arguments[0].IsString() ? arguments.Text(0) : Payload.Text(arguments[0])));
        return Convert.ToHexStringLower(arguments.Text(1) switch
        {
            "MD5" => MD5.HashData(data),
            "SHA-1" => SHA1.HashData(data),
            "SHA-256" => SHA256.HashData(data),
            "SHA-384" => SHA384.HashData(data),
            "SHA-512" => SHA512.HashData(data),
            var other => throw new IntrinsicArgumentException(
                $"algorithm '{other}' where MD5, SHA-1, SHA-256, SHA-384 or SHA-512 is expected"),
        });
    }
}
