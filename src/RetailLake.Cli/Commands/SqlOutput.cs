using System.Collections;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using RetailLake.Core.Runs;

namespace RetailLake.Cli.Commands;

/// <summary>A query's rows as a table, RFC 4180 csv, or a JSON array of objects.</summary>
internal static class SqlOutput
{
    public static async Task<int> WriteAsync(Terminal terminal, DuckDBDataReader reader, string format, int limit, CancellationToken cancellationToken)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        await (format switch
        {
            "csv" => CsvAsync(terminal, reader, columns, cancellationToken),
            "json" => JsonAsync(terminal, reader, columns, cancellationToken),
            _ => TableAsync(terminal, reader, columns, limit, cancellationToken),
        });
        return ExitCode.Ok;
    }

    private static async Task TableAsync(Terminal terminal, DuckDBDataReader reader, string[] columns, int limit, CancellationToken cancellationToken)
    {
        var isNumber = Enumerable.Range(0, columns.Length).Select(index => IsNumber(reader.GetFieldType(index))).ToArray();
        var table = Tables.New(terminal, [.. columns.Select((column, index) => isNumber[index] ? $"{column}#" : column)]);
        var rows = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows++ < limit)
            {
                table.Row([.. columns.Select((_, index) => Text(Value(reader, index)) ?? "NULL")]);
            }
        }

        terminal.Console.Write(table);
        if (rows > limit)
        {
            terminal.Note($"{limit:N0} of {rows:N0} rows are shown; see all with --format csv.");
        }
    }

    private static async Task CsvAsync(Terminal terminal, DuckDBDataReader reader, string[] columns, CancellationToken cancellationToken)
    {
        await terminal.Out.WriteLineAsync(string.Join(',', columns.Select(Quoted)));
        while (await reader.ReadAsync(cancellationToken))
        {
            await terminal.Out.WriteLineAsync(string.Join(',', columns.Select((_, index) => Text(Value(reader, index)) is { } text ? Quoted(text) : "")));
        }
    }

    private static async Task JsonAsync(Terminal terminal, DuckDBDataReader reader, string[] columns, CancellationToken cancellationToken)
    {
        var separator = "[";
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = columns.Select((column, index) => KeyValuePair.Create(column, Plain(Value(reader, index))));
            await terminal.Out.WriteLineAsync($"{separator}{JsonSerializer.Serialize(new Dictionary<string, object?>(row, StringComparer.Ordinal), LakeJson.Options)}");
            separator = ",";
        }

        await terminal.Out.WriteLineAsync(separator == "[" ? "[]" : "]");
    }

    private static object? Value(DuckDBDataReader reader, int index) => reader.IsDBNull(index) ? null : reader.GetValue(index);

    private static object? Plain(object? value) => value switch
    {
        null or bool or long or int or short or sbyte or byte or ushort or uint or ulong or double or float or decimal or string => value,
        _ => Text(value),
    };

    private static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateTime moment => moment.ToString(moment.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly clock => clock.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        string text => text,
        IEnumerable items => JsonSerializer.Serialize(items, LakeJson.Options),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static bool IsNumber(Type type) => type == typeof(long) || type == typeof(int) || type == typeof(decimal) || type == typeof(double)
        || type == typeof(float) || type == typeof(short) || type == typeof(System.Numerics.BigInteger);

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
