using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace AwsCompat.AwsJson;

/// <summary>Reads the stream itself: the core's own JSON reader changed its signatures within 4.0.x.</summary>
internal sealed class ResponseReader<TResponse>(AwsJsonService service) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        using var body = Read(input);
        return body.Length == 0 ? new TResponse() : JsonSerializer.Deserialize<TResponse>(body, service.Json) ?? new TResponse();
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        using var body = Read(input);
        var error = ErrorBody.Read(body.ToArray(), input.ResponseData);
        var type = (int)statusCode < 500 ? ErrorType.Sender : ErrorType.Receiver;
        return service.ErrorOf(error.Code)(error.Message ?? GetDefaultErrorMessage<AmazonServiceException>(), innerException, type, error.Code, error.RequestId, statusCode);
    }

    private static MemoryStream Read(JsonUnmarshallerContext input)
    {
        var body = new MemoryStream();
        input.Stream.CopyTo(body);
        body.Position = 0;
        return body;
    }
}
