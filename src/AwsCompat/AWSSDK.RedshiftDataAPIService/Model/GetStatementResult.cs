#nullable disable // the package is not annotated
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.RedshiftDataAPIService.Model;

public class GetStatementResultRequest : AmazonRedshiftDataAPIServiceRequest
{
    public string Id { get; set; }

    public string NextToken { get; set; }
}

public class GetStatementResultResponse : AmazonWebServiceResponse
{
    public List<ColumnMetadata> ColumnMetadata { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }

    public List<List<Field>> Records { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public long? TotalNumRows { get; set; }
}

public class ColumnMetadata
{
    [JsonPropertyName("label")]
    public string Label { get; set; }

    [JsonPropertyName("length")]
    public int? Length { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("nullable")]
    public int? Nullable { get; set; }

    [JsonPropertyName("precision")]
    public int? Precision { get; set; }

    [JsonPropertyName("scale")]
    public int? Scale { get; set; }

    [JsonPropertyName("schemaName")]
    public string SchemaName { get; set; }

    [JsonPropertyName("tableName")]
    public string TableName { get; set; }

    [JsonPropertyName("typeName")]
    public string TypeName { get; set; }
}

public class Field
{
    [JsonPropertyName("blobValue")]
    public MemoryStream BlobValue { get; set; }

    [JsonPropertyName("booleanValue")]
    public bool? BooleanValue { get; set; }

    [JsonPropertyName("doubleValue")]
    public double? DoubleValue { get; set; }

    [JsonPropertyName("isNull")]
    public bool? IsNull { get; set; }

    [JsonPropertyName("longValue")]
    public long? LongValue { get; set; }

    [JsonPropertyName("stringValue")]
    public string StringValue { get; set; }
}
