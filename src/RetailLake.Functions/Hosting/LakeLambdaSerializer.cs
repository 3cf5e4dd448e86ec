using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace RetailLake.Functions.Hosting;

/// <summary>Payloads are camelCase and enums go by name, as in manifests.</summary>
public sealed class LakeLambdaSerializer() : DefaultLambdaJsonSerializer(options =>
{
    options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
    options.Converters.Add(new JsonStringEnumConverter());
});
