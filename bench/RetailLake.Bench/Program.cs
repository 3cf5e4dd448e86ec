using RetailLake.Bench;

// bench <name> [arguments]; each name is one file beside this one.
var name = args is [var first, ..] ? first : "";
var rest = args.Length > 1 ? args[1..] : [];
return name switch
{
    "rows" => await RowsBench.RunAsync(rest),
    "rows-memory" => await RowsMemoryBench.RunAsync(rest),
    "flat" => await FlatBench.RunAsync(rest),
    "mysql" => await MySqlBench.RunAsync(rest),
    "pipeline" => await PipelineBench.RunAsync(rest),
    "e2e" => await EndToEndBench.RunAsync(rest),
    "xml" => XmlBench.Run(rest),
    "drops" => await DropBench.RunAsync(rest),
    "drop-memory" => await DropMemoryBench.RunAsync(rest),
    "stream" => await StreamBench.RunAsync(rest),
    "memory" => await MemoryBench.RunAsync(rest),
    "sustained" => await SustainedBench.RunAsync(rest),
    "s3-memory" => await S3MemoryBench.RunAsync(rest),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("Found no such benchmark; known are: rows, rows-memory, flat, xml, drops, drop-memory, stream, mysql, pipeline, e2e, memory, s3-memory, sustained. Nothing was run. Name one: bench rows [rows]");
    return 2;
}
