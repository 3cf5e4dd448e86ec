#nullable disable // the package is not annotated
using System.Net;
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService.Model;

public class ActiveSessionsExceededException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonRedshiftDataAPIServiceException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ActiveStatementsExceededException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonRedshiftDataAPIServiceException(message, innerException, errorType, errorCode, requestId, statusCode);

public class BatchExecuteStatementException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonRedshiftDataAPIServiceException(message, innerException, errorType, errorCode, requestId, statusCode);

public class DatabaseConnectionException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonRedshiftDataAPIServiceException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ExecuteStatementException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonRedshiftDataAPIServiceException(message, innerException, errorType, errorCode, requestId, statusCode);

public class InternalServerException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonRedshiftDataAPIServiceException(message, innerException, errorType, errorCode, requestId, statusCode);

public class QueryTimeoutException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonRedshiftDataAPIServiceException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ResourceNotFoundException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonRedshiftDataAPIServiceException(message, innerException, errorType, errorCode, requestId, statusCode);

public class ValidationException(
    string message, Exception innerException = null, ErrorType errorType = ErrorType.Unknown, string errorCode = null, string requestId = null, HttpStatusCode statusCode = 0)
    : AmazonRedshiftDataAPIServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
