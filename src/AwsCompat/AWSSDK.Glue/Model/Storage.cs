#nullable disable // the package is not annotated

namespace Amazon.Glue.Model;

public class Column
{
    public string Comment { get; set; }

    public string Name { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Type { get; set; }
}

public class SerDeInfo
{
    public string Name { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string SerializationLibrary { get; set; }
}

public class StorageDescriptor
{
    public List<Column> Columns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? Compressed { get; set; }

    public string InputFormat { get; set; }

    public string Location { get; set; }

    public string OutputFormat { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public SerDeInfo SerdeInfo { get; set; }
}
