using Amazon.Glue.Model;
using AwsCompat.AwsJson;

namespace Amazon.Glue;

internal static class GlueService
{
    public static AwsJsonService Instance { get; } = new(
        Name: "Amazon.Glue",
        ServiceId: "Glue",
        EndpointPrefix: "glue",
        TargetPrefix: "AWSGlue",
        JsonVersion: "1.1",
        ApiVersion: "2017-03-31",
        Naming: null,
        OtherError: (m, i, t, c, r, s) => new AmazonGlueException(m, i, t, c, r, s),
        Errors: new Dictionary<string, MakeError>
        {
            ["AlreadyExistsException"] = (m, i, t, c, r, s) => new AlreadyExistsException(m, i, t, c, r, s),
            ["ConcurrentModificationException"] = (m, i, t, c, r, s) => new ConcurrentModificationException(m, i, t, c, r, s),
            ["EntityNotFoundException"] = (m, i, t, c, r, s) => new EntityNotFoundException(m, i, t, c, r, s),
            ["GlueEncryptionException"] = (m, i, t, c, r, s) => new GlueEncryptionException(m, i, t, c, r, s),
            ["InternalServiceException"] = (m, i, t, c, r, s) => new InternalServiceException(m, i, t, c, r, s),
            ["InvalidInputException"] = (m, i, t, c, r, s) => new InvalidInputException(m, i, t, c, r, s),
            ["OperationTimeoutException"] = (m, i, t, c, r, s) => new OperationTimeoutException(m, i, t, c, r, s),
            ["ResourceNotReadyException"] = (m, i, t, c, r, s) => new ResourceNotReadyException(m, i, t, c, r, s),
            ["ResourceNumberLimitExceededException"] = (m, i, t, c, r, s) => new ResourceNumberLimitExceededException(m, i, t, c, r, s),
        });
}
