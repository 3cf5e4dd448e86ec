#nullable disable // the package is not annotated
using Amazon.Runtime;

namespace Amazon.StepFunctions
{
    public class AmazonStepFunctionsRequest : AmazonWebServiceRequest;
}

namespace Amazon.StepFunctions.Model
{
    public class StartExecutionRequest : AmazonStepFunctionsRequest
    {
        public string Input { get; set; }

        public string Name { get; set; }

        public string StateMachineArn { get; set; }

        public string TraceHeader { get; set; }
    }

    public class StartExecutionResponse : AmazonWebServiceResponse
    {
        public string ExecutionArn { get; set; }

        public DateTime? StartDate { get; set; }
    }

    public class RedriveExecutionRequest : AmazonStepFunctionsRequest
    {
        public string ClientToken { get; set; }

        public string ExecutionArn { get; set; }
    }

    public class RedriveExecutionResponse : AmazonWebServiceResponse
    {
        public DateTime? RedriveDate { get; set; }
    }
}
