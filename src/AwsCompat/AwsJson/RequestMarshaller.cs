using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AwsCompat.AwsJson;

internal sealed class RequestMarshaller(AwsJsonService service, string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, service.Name)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = JsonSerializer.SerializeToUtf8Bytes(input, input.GetType(), service.Json),
        };
        request.Headers["Content-Type"] = $"application/x-amz-json-{service.JsonVersion}";
        request.Headers["X-Amz-Target"] = $"{service.TargetPrefix}.{operation}";
        request.Headers["x-amz-api-version"] = service.ApiVersion;
        return request;
    }
}
