using System.Text.Json;
using Amazon.StepFunctions.Model;
using AwsCompat.AwsJson;

namespace Amazon.StepFunctions;

internal static class StepFunctionsService
{
    public static AwsJsonService Instance { get; } = new(
        Name: "Amazon.StepFunctions",
        ServiceId: "SFN",
        EndpointPrefix: "states",
        TargetPrefix: "AWSStepFunctions",
        JsonVersion: "1.0",
        ApiVersion: "2016-11-23",
        Naming: JsonNamingPolicy.CamelCase,
        OtherError: (m, i, t, c, r, s) => new AmazonStepFunctionsException(m, i, t, c, r, s),
        Errors: new Dictionary<string, MakeError>
        {
            ["ExecutionAlreadyExists"] = (m, i, t, c, r, s) => new ExecutionAlreadyExistsException(m, i, t, c, r, s),
            ["ExecutionDoesNotExist"] = (m, i, t, c, r, s) => new ExecutionDoesNotExistException(m, i, t, c, r, s),
            ["ExecutionLimitExceeded"] = (m, i, t, c, r, s) => new ExecutionLimitExceededException(m, i, t, c, r, s),
            ["ExecutionNotRedrivable"] = (m, i, t, c, r, s) => new ExecutionNotRedrivableException(m, i, t, c, r, s),
            ["InvalidArn"] = (m, i, t, c, r, s) => new InvalidArnException(m, i, t, c, r, s),
            ["InvalidExecutionInput"] = (m, i, t, c, r, s) => new InvalidExecutionInputException(m, i, t, c, r, s),
            ["InvalidName"] = (m, i, t, c, r, s) => new InvalidNameException(m, i, t, c, r, s),
            ["InvalidOutput"] = (m, i, t, c, r, s) => new InvalidOutputException(m, i, t, c, r, s),
            ["InvalidToken"] = (m, i, t, c, r, s) => new InvalidTokenException(m, i, t, c, r, s),
            ["KmsAccessDeniedException"] = (m, i, t, c, r, s) => new KmsAccessDeniedException(m, i, t, c, r, s),
            ["KmsInvalidStateException"] = (m, i, t, c, r, s) => new KmsInvalidStateException(m, i, t, c, r, s),
            ["KmsThrottlingException"] = (m, i, t, c, r, s) => new KmsThrottlingException(m, i, t, c, r, s),
            ["ResourceNotFound"] = (m, i, t, c, r, s) => new ResourceNotFoundException(m, i, t, c, r, s),
            ["StateMachineDeleting"] = (m, i, t, c, r, s) => new StateMachineDeletingException(m, i, t, c, r, s),
            ["StateMachineDoesNotExist"] = (m, i, t, c, r, s) => new StateMachineDoesNotExistException(m, i, t, c, r, s),
            ["StateMachineTypeNotSupported"] = (m, i, t, c, r, s) => new StateMachineTypeNotSupportedException(m, i, t, c, r, s),
            ["TaskDoesNotExist"] = (m, i, t, c, r, s) => new TaskDoesNotExistException(m, i, t, c, r, s),
            ["TaskTimedOut"] = (m, i, t, c, r, s) => new TaskTimedOutException(m, i, t, c, r, s),
            ["ValidationException"] = (m, i, t, c, r, s) => new ValidationException(m, i, t, c, r, s),
        });
}
