using ParquetSharp;
using ParquetSharp.Schema;
using RetailLake.Core.Contracts;

namespace RetailLake.Core.Rows.Curated;

/// <summary>A contract column's Parquet node and buffer.</summary>
internal static class ParquetColumns
{
    /// <param name="behind">Nodes behind the contract's columns.</param>
    /// <param name="hasDeletions">Rows may have a key alone, so that no column has a value in all of them.</param>
    public static GroupNode Schema(CompiledTable table, IEnumerable<Node> behind, bool hasDeletions) =>
        new("schema", Repetition.Required, [.. table.Compiled.Select(column => Node(column, hasDeletions)), .. behind]);

    public static ColumnBuffer Buffer(CompiledColumn compiled, PersonalTokens tokens, bool hasDeletions, int batchRows)
    {
        var (column, nullable) = (compiled.Column, hasDeletions || IsNullable(compiled));
        return column.Type switch
        {
            _ when column.Personal => new TokenBuffer(nullable, batchRows, tokens, column.Normalise),
            { Kind: ColumnKind.Boolean } => new BooleanBuffer(nullable, batchRows),
            { Kind: ColumnKind.Int32 or ColumnKind.Date } or { Kind: ColumnKind.Decimal, Precision: <= 9 } => new Int32Buffer(nullable, batchRows),
            { Kind: ColumnKind.Decimal, Precision: > 18 } => new WideDecimalBuffer(nullable, batchRows),
            { Kind: ColumnKind.Int64 or ColumnKind.Decimal or ColumnKind.Timestamp or ColumnKind.Time } => new Int64Buffer(nullable, batchRows),
            { Kind: ColumnKind.Double } => new DoubleBuffer(nullable, batchRows),
            { Kind: ColumnKind.Binary } => new HexBuffer(nullable, batchRows),
            _ => new TextBuffer(nullable, batchRows),
        };
    }

    private static bool IsNullable(CompiledColumn compiled) => compiled.Missing is null;

    private static PrimitiveNode Node(CompiledColumn compiled, bool hasDeletions)
    {
        var (column, type) = (compiled.Column, compiled.Column.Type);
        var repetition = hasDeletions || IsNullable(compiled) ? Repetition.Optional : Repetition.Required;
        return type switch
        {
            _ when column.Personal => Of(LogicalType.String(), PhysicalType.ByteArray),
            { Kind: ColumnKind.Boolean } => Of(LogicalType.None(), PhysicalType.Boolean),
            { Kind: ColumnKind.Int32 } => Of(LogicalType.None(), PhysicalType.Int32),
            { Kind: ColumnKind.Int64 } => Of(LogicalType.None(), PhysicalType.Int64),
            { Kind: ColumnKind.Decimal, Precision: <= 9 } => Of(LogicalType.Decimal(type.Precision, type.Scale), PhysicalType.Int32),
            { Kind: ColumnKind.Decimal, Precision: <= 18 } => Of(LogicalType.Decimal(type.Precision, type.Scale), PhysicalType.Int64),
            { Kind: ColumnKind.Decimal } => Of(LogicalType.Decimal(type.Precision, type.Scale), PhysicalType.FixedLenByteArray, 16),
            { Kind: ColumnKind.Double } => Of(LogicalType.None(), PhysicalType.Double),
            { Kind: ColumnKind.Date } => Of(LogicalType.Date(), PhysicalType.Int32),

            // Not adjusted to UTC: both warehouses then read TIMESTAMP without a zone. The old converted type is written as well, for readers that know only that.
            { Kind: ColumnKind.Timestamp } => Of(LogicalType.Timestamp(false, TimeUnit.Micros, forceSetConvertedType: true), PhysicalType.Int64),
            { Kind: ColumnKind.Time } => Of(LogicalType.Time(false, TimeUnit.Micros), PhysicalType.Int64),
            _ => Of(LogicalType.String(), PhysicalType.ByteArray),
        };

        PrimitiveNode Of(LogicalType logical, PhysicalType physical, int length = -1) => new(column.Name, repetition, logical, physical, length);
    }
}
