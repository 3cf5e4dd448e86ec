#nullable disable // the package is not annotated
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

public class SendTaskSuccessRequest : AmazonStepFunctionsRequest
{
    public string Output { get; set; }

    public string TaskToken { get; set; }
}

public class SendTaskSuccessResponse : AmazonWebServiceResponse;

public class SendTaskFailureRequest : AmazonStepFunctionsRequest
{
    public string Cause { get; set; }

    public string Error { get; set; }

    public string TaskToken { get; set; }
}

public class SendTaskFailureResponse : AmazonWebServiceResponse;

public class SendTaskHeartbeatRequest : AmazonStepFunctionsRequest
{
    public string TaskToken { get; set; }
}

public class SendTaskHeartbeatResponse : AmazonWebServiceResponse;
