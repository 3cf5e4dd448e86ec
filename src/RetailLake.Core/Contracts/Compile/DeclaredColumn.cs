using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>A column with what its table needs to know and the compiled contract does not keep.</summary>
internal sealed record DeclaredColumn(YamlMap At, ContractColumn Column)
{
    public bool IsCursor => At.Own("cursor").Boolean() == true;

    public bool IsSoftDelete => At.Own("softDelete").Boolean() == true;

    public bool IsKey => At["primaryKey"].Boolean() == true;

    public bool IsInstant => Column.Type.Kind is ColumnKind.Timestamp or ColumnKind.Date;

    public YamlNode PlaceOf(string own) => At.Own(own) ?? At;
}
