#nullable disable // the package is not annotated
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService.Model;

public class ExecuteStatementRequest : AmazonRedshiftDataAPIServiceRequest
{
    public string ClientToken { get; set; }

    public string Database { get; set; }

    public string Sql { get; set; }

    public string StatementName { get; set; }

    public bool? WithEvent { get; set; }

    public string WorkgroupName { get; set; }
}

public class ExecuteStatementResponse : AmazonWebServiceResponse
{
    public DateTime? CreatedAt { get; set; }

    public string Database { get; set; }

    public string Id { get; set; }

    public string WorkgroupName { get; set; }
}

public class BatchExecuteStatementRequest : AmazonRedshiftDataAPIServiceRequest
{
    public string ClientToken { get; set; }

    public string Database { get; set; }

    public List<string> Sqls { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string StatementName { get; set; }

    public bool? WithEvent { get; set; }

    public string WorkgroupName { get; set; }
}

public class BatchExecuteStatementResponse : AmazonWebServiceResponse
{
    public DateTime? CreatedAt { get; set; }

    public string Database { get; set; }

    public string Id { get; set; }

    public string WorkgroupName { get; set; }
}

public class CancelStatementRequest : AmazonRedshiftDataAPIServiceRequest
{
    public string Id { get; set; }
}

public class CancelStatementResponse : AmazonWebServiceResponse
{
    public bool? Status { get; set; }
}
