namespace RetailLake.Tests.Failures;

/// <summary>A contract of one table as a person would write it, in YAML's short form.</summary>
/// <param name="Columns">Flow mappings without braces, e.g. <c>name: id, logicalType: integer, physicalType: int</c>.</param>
internal sealed record ContractText(string Source, string Feed, string Database, params string[] Columns)
{
    public const string Key = "name: id, logicalType: integer, physicalType: int, primaryKey: true, classification: internal";

    public string Extract { get; init; } = "{ mode: snapshot }";

    public string Version { get; init; } = "1.0.0";

    /// <summary>In percent.</summary>
    public decimal RejectBudget { get; init; } = 5;

    /// <summary>So many are always allowed.</summary>
    public int RejectBudgetRows { get; init; }

    /// <summary>Value of <c>retaillake.manthan</c>.</summary>
    public string? Manthan { get; init; }

    public string? Table { get; init; }

    public override string ToString() => $$"""
        apiVersion: v3.1.0
        kind: DataContract
        id: {{Source}}.{{Feed}}
        version: {{Version}}
        status: active
        servers:
          - { server: {{Source}}, type: mysql, host: 127.0.0.1, port: 3306, database: {{Database}} }
        customProperties:
          - { property: retaillake.extract, value: {{Extract}} }
          - { property: retaillake.rejectBudgetPercent, value: {{RejectBudget}} }
          - { property: retaillake.rejectBudgetRows, value: {{RejectBudgetRows}} }
        {{(Manthan is null ? "" : $"  - {{ property: retaillake.manthan, value: {Manthan} }}")}}
        schema:
          - name: {{Table ?? Feed}}
            physicalType: table
            properties:
        {{string.Join('\n', Columns.Select(column => $"      - {{ {column} }}"))}}

        """;
}
