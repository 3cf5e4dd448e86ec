#nullable disable // the package is not annotated
using Amazon.Runtime;

namespace Amazon.Glue.Model;

public class BatchCreatePartitionRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public List<PartitionInput> PartitionInputList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string TableName { get; set; }
}

public class BatchCreatePartitionResponse : AmazonWebServiceResponse
{
    public List<PartitionError> Errors { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class PartitionInput
{
    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public StorageDescriptor StorageDescriptor { get; set; }

    public List<string> Values { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class PartitionError
{
    public ErrorDetail ErrorDetail { get; set; }

    public List<string> PartitionValues { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class ErrorDetail
{
    public string ErrorCode { get; set; }

    public string ErrorMessage { get; set; }
}
