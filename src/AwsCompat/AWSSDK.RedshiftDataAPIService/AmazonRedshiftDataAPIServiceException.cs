#nullable disable // the package is not annotated
using System.Net;
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService;

public class AmazonRedshiftDataAPIServiceException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
