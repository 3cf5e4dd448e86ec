using AwsCompat.AwsJson;

namespace Amazon.Glue;

public class AmazonGlueConfig() : AwsJsonConfig(GlueService.Instance);
