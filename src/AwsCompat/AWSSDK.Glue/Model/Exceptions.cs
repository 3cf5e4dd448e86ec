#nullable disable // the package is not annotated
using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

public class AlreadyExistsException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ConcurrentModificationException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

public class EntityNotFoundException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

public class GlueEncryptionException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

public class InternalServiceException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

public class InvalidInputException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

public class OperationTimeoutException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ResourceNotReadyException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ResourceNumberLimitExceededException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);
