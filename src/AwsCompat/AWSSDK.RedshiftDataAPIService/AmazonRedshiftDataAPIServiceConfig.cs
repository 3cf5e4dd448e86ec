using AwsCompat.AwsJson;

namespace Amazon.RedshiftDataAPIService;

public class AmazonRedshiftDataAPIServiceConfig() : AwsJsonConfig(RedshiftDataService.Instance);
