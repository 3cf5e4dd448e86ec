using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace AwsCompat.AwsJson;

/// <summary>Makes the typed exception of one error code.</summary>
public delegate AmazonServiceException MakeError(string message, Exception inner, ErrorType type, string code, string requestId, System.Net.HttpStatusCode status);

/// <summary>What differs between services that speak AWS JSON 1.0 or 1.1; everything else is AWSSDK.Core's.</summary>
/// <param name="Name">Namespace of the client, as the core names requests.</param>
/// <param name="ServiceId">As in the user agent.</param>
/// <param name="EndpointPrefix">Host prefix and signing name.</param>
/// <param name="TargetPrefix">X-Amz-Target before the operation.</param>
/// <param name="JsonVersion">1.0 or 1.1.</param>
/// <param name="Naming">Null when members go over the wire as they are spelled.</param>
/// <param name="OtherError">The service's base exception, for codes that have no class.</param>
public sealed record AwsJsonService(
    string Name, string ServiceId, string EndpointPrefix, string TargetPrefix, string JsonVersion, string ApiVersion,
    JsonNamingPolicy? Naming, MakeError OtherError, IReadOnlyDictionary<string, MakeError> Errors)
{
    private readonly FrozenDictionary<string, MakeError> _errors = Errors.ToFrozenDictionary(StringComparer.Ordinal);

    public JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = Naming,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new EpochConverter(), new ConstantClassConverter(), new BlobConverter() },
    };

    internal MakeError ErrorOf(string code) => _errors.GetValueOrDefault(code, OtherError);
}
