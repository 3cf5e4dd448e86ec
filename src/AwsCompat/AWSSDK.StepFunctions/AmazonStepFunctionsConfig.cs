using AwsCompat.AwsJson;

namespace Amazon.StepFunctions;

public class AmazonStepFunctionsConfig() : AwsJsonConfig(StepFunctionsService.Instance);
