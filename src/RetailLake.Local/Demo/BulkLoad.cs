using System.IO.Pipelines;
using MySqlConnector;

namespace RetailLake.Local.Demo;

/// <summary>LOAD DATA LOCAL from a pipe: rows are made on one thread while the server reads them, and no file is written.</summary>
internal static class BulkLoad
{
    private static readonly PipeOptions Options = new(pauseWriterThreshold: 4 << 20, resumeWriterThreshold: 2 << 20, minimumSegmentSize: 256 << 10);

    public static async Task<int> RunAsync(DemoSql sql, TableRows rows, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(Options);
        var made = Task.Run(() => Make(rows, pipe.Writer), cancellationToken);
        var source = pipe.Reader.AsStream();
        await using (source)
        {
            var loader = new MySqlBulkLoader(sql.Connection)
            {
                TableName = rows.Table,
                SourceStream = source,
                Local = true,
                CharacterSet = "utf8mb4",
                FieldTerminator = "\t",
                LineTerminator = "\n",
                EscapeCharacter = '\\',
                Timeout = 600,
            };
            var loaded = await loader.LoadAsync(cancellationToken);
            await made;
            return loaded;
        }
    }

    private static void Make(TableRows rows, PipeWriter writer)
    {
        // Whatever ends the making also ends the pipe, with its cause: else the server would wait for rows for ever.
        try
        {
            using (var tab = new TabWriter(writer.AsStream(leaveOpen: true)))
            {
                rows.Write(tab);
                tab.Flush();
            }
            writer.Complete();
        }
        catch (Exception exception)
        {
            writer.Complete(exception);
            throw;
        }
    }
}
