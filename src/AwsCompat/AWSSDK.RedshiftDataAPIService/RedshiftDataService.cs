using Amazon.RedshiftDataAPIService.Model;
using AwsCompat.AwsJson;

namespace Amazon.RedshiftDataAPIService;

internal static class RedshiftDataService
{
    public static AwsJsonService Instance { get; } = new(
        Name: "Amazon.RedshiftDataAPIService",
        ServiceId: "Redshift Data",
        EndpointPrefix: "redshift-data",
        TargetPrefix: "RedshiftData",
        JsonVersion: "1.1",
        ApiVersion: "2019-12-20",
        Naming: null,
        OtherError: (m, i, t, c, r, s) => new AmazonRedshiftDataAPIServiceException(m, i, t, c, r, s),
        Errors: new Dictionary<string, MakeError>
        {
            ["ActiveSessionsExceededException"] = (m, i, t, c, r, s) => new ActiveSessionsExceededException(m, i, t, c, r, s),
            ["ActiveStatementsExceededException"] = (m, i, t, c, r, s) => new ActiveStatementsExceededException(m, i, t, c, r, s),
            ["BatchExecuteStatementException"] = (m, i, t, c, r, s) => new BatchExecuteStatementException(m, i, t, c, r, s),
            ["DatabaseConnectionException"] = (m, i, t, c, r, s) => new DatabaseConnectionException(m, i, t, c, r, s),
            ["ExecuteStatementException"] = (m, i, t, c, r, s) => new ExecuteStatementException(m, i, t, c, r, s),
            ["InternalServerException"] = (m, i, t, c, r, s) => new InternalServerException(m, i, t, c, r, s),
            ["QueryTimeoutException"] = (m, i, t, c, r, s) => new QueryTimeoutException(m, i, t, c, r, s),
            ["ResourceNotFoundException"] = (m, i, t, c, r, s) => new ResourceNotFoundException(m, i, t, c, r, s),
            ["ValidationException"] = (m, i, t, c, r, s) => new ValidationException(m, i, t, c, r, s),
        });
}
