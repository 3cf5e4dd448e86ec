#nullable disable // the package is not annotated
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService.Model;

public class DescribeStatementRequest : AmazonRedshiftDataAPIServiceRequest
{
    public string Id { get; set; }
}

public class DescribeStatementResponse : AmazonWebServiceResponse
{
    public DateTime? CreatedAt { get; set; }

    public string Database { get; set; }

    public long? Duration { get; set; }

    public string Error { get; set; }

    public bool? HasResultSet { get; set; }

    public string Id { get; set; }

    public string QueryString { get; set; }

    public long? ResultRows { get; set; }

    public long? ResultSize { get; set; }

    public StatusString Status { get; set; }

    public List<SubStatementData> SubStatements { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? UpdatedAt { get; set; }

    public string WorkgroupName { get; set; }
}

public class SubStatementData
{
    public DateTime? CreatedAt { get; set; }

    public long? Duration { get; set; }

    public string Error { get; set; }

    public bool? HasResultSet { get; set; }

    public string Id { get; set; }

    public string QueryString { get; set; }

    public long? ResultRows { get; set; }

    public long? ResultSize { get; set; }

    public StatementStatusString Status { get; set; }

    public DateTime? UpdatedAt { get; set; }
}
