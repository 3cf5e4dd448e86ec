#nullable disable // the package is not annotated
using System.Net;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

public class ExecutionAlreadyExistsException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ExecutionDoesNotExistException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ExecutionLimitExceededException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ExecutionNotRedrivableException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class InvalidExecutionInputException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class InvalidNameException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class StateMachineDeletingException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class StateMachineDoesNotExistException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);

public class StateMachineTypeNotSupportedException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);
