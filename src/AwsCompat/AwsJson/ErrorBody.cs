using System.Text.Json;
using Amazon.Runtime.Internal.Transform;

namespace AwsCompat.AwsJson;

/// <summary>The code comes as <c>__type</c> or as a header, with or without namespace (before '#') and URL (after ':').</summary>
internal sealed record ErrorBody(string Code, string? Message, string RequestId)
{
    public static ErrorBody Read(byte[] body, IWebResponseData response)
    {
        var (code, message) = FromJson(body);
        code ??= Header(response, "x-amzn-ErrorType");
        return new(Plain(code ?? ""), message, Header(response, "x-amzn-RequestId") ?? "");
    }

    private static (string? Code, string? Message) FromJson(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? (Member(json.RootElement, "__type") ?? Member(json.RootElement, "code"), Member(json.RootElement, "message") ?? Member(json.RootElement, "Message"))
                : default;
        }
        catch (JsonException)
        {
            // A proxy's error page; the status alone decides whether the core tries again.
            return default;
        }
    }

    private static string? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Header(IWebResponseData response, string name) =>
        response.IsHeaderPresent(name) ? response.GetHeaderValue(name) : null;

    private static string Plain(string code)
    {
        var name = code[(code.IndexOf('#', StringComparison.Ordinal) + 1)..];
        return name.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? name[..colon] : name;
    }
}
