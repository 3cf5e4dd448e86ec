namespace RetailLake.Tests.Onboarding;

/// <summary>A contract of one kind of files with one table, as a person would write it.</summary>
/// <param name="Drop">The value of <c>retaillake.drop</c>.</param>
/// <param name="Columns">Flow mappings without braces; what is not classified is internal.</param>
internal sealed record FileContract(string Source, string Feed, string Drop, params string[] Columns)
{
    public string Layout { get; init; } = "{ delimiter: ',' }";

    /// <summary>Percent.</summary>
    public decimal RejectBudget { get; init; } = 5;

    public override string ToString() => $$"""
        apiVersion: v3.1.0
        kind: DataContract
        id: {{Source}}.{{Feed}}
        version: 1.0.0
        status: active
        servers:
          - { server: {{Source}}, type: s3, location: s3://lake/drops/{{Source}}/{{Feed}} }
        customProperties:
          - { property: retaillake.rejectBudgetPercent, value: {{RejectBudget}} }
          - { property: retaillake.drop, value: {{Drop}} }
          - { property: retaillake.layout, value: {{Layout}} }
        schema:
          - name: {{Feed}}
            physicalType: file
            properties:
        {{string.Join('\n', Columns.Select(column => $"      - {{ {column}{(column.Contains("classification:", StringComparison.Ordinal) ? "" : ", classification: internal")} }}"))}}

        """;

    public static string Key(string name, string from, int position, string type = "integer", string physical = "int") =>
        $"name: {name}, logicalType: {type}, physicalType: {physical}, primaryKey: true, primaryKeyPosition: {position}, customProperties: [{{ property: retaillake.from, value: '{from}' }}]";

    public static string Text(string name, string from, int characters) =>
        $"name: {name}, logicalType: string, physicalType: varchar({characters}), customProperties: [{{ property: retaillake.from, value: '{from}' }}]";

    public static string Whole(string name, string from, bool total = false) =>
        $"name: {name}, logicalType: integer, physicalType: int, customProperties: [{{ property: retaillake.from, value: '{from}' }}{(total ? ", { property: retaillake.controlTotal, value: true }" : "")}]";

    public static string Money(string name, string from) =>
        $"name: {name}, logicalType: number, physicalType: 'decimal(12,3)', customProperties: [{{ property: retaillake.from, value: '{from}' }}, {{ property: retaillake.controlTotal, value: true }}]";
}
