#nullable disable // the package is not annotated
using Amazon.Runtime;

namespace Amazon.Glue.Model;

public class GetTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Name { get; set; }
}

public class GetTableResponse : AmazonWebServiceResponse
{
    public Table Table { get; set; }
}

public class CreateTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public TableInput TableInput { get; set; }
}

public class CreateTableResponse : AmazonWebServiceResponse;

public class UpdateTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public bool? SkipArchive { get; set; }

    public TableInput TableInput { get; set; }

    public string VersionId { get; set; }
}

public class UpdateTableResponse : AmazonWebServiceResponse;

public class Table
{
    public string CatalogId { get; set; }

    public DateTime? CreateTime { get; set; }

    public string DatabaseName { get; set; }

    public string Description { get; set; }

    public string Name { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Column> PartitionKeys { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public StorageDescriptor StorageDescriptor { get; set; }

    public string TableType { get; set; }

    public DateTime? UpdateTime { get; set; }

    public string VersionId { get; set; }
}

public class TableInput
{
    public string Description { get; set; }

    public string Name { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Column> PartitionKeys { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public StorageDescriptor StorageDescriptor { get; set; }

    public string TableType { get; set; }
}
