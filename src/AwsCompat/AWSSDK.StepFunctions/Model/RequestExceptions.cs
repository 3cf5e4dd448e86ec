#nullable disable // the package is not annotated
using System.Net;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

public class InvalidArnException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class InvalidOutputException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class InvalidTokenException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ResourceNotFoundException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class TaskDoesNotExistException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class TaskTimedOutException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ValidationException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class KmsAccessDeniedException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class KmsInvalidStateException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class KmsThrottlingException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);
