using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService;

public class AmazonRedshiftDataAPIServiceRequest : AmazonWebServiceRequest;
