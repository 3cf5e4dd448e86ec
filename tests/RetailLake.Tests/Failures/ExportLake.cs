using System.Globalization;
using RetailLake.Local.Running;
using RetailLake.Local.Servers;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Failures;

/// <summary>A lake whose one feed is exported to a receiver that can go away: a folder, or a real OpenSSH server.</summary>
internal sealed class ExportLake : IAsyncDisposable
{
    private static readonly string[] Columns =
    [
        ContractText.Key, "name: title, logicalType: string, physicalType: varchar(60), classification: internal",
        "name: holder, logicalType: string, physicalType: varchar(60), classification: personal",
        "name: quantity, logicalType: integer, physicalType: int, required: true, classification: internal, customProperties: [{ property: retaillake.controlTotal, value: true }]",
        "name: amount, logicalType: number, physicalType: 'decimal(12,2)', required: true, classification: internal, customProperties: [{ property: retaillake.controlTotal, value: true }]",
        "name: sold_on, logicalType: date, physicalType: date, classification: internal",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("receiver").FullName;
    private readonly bool isSftp;
    private SftpServer? server;

    private ExportLake(TestLake lake, bool isSftp) => (Lake, this.isSftp) = (lake, isSftp);

    public TestLake Lake { get; }

    /// <summary>Where the receiver finds files.</summary>
    public string Inbox => Path.Combine(folder, "in");

    public static async Task<ExportLake> CreateAsync(MariaDbFixture fixture, bool isSftp)
    {
        var lake = new ExportLake(await TestLake.CreateAsync(fixture), isSftp);
        await lake.Lake.SqlAsync("""
            CREATE TABLE sale (id INT PRIMARY KEY, title VARCHAR(60), holder VARCHAR(60), quantity INT, amount DECIMAL(12,2), sold_on DATE);
            INSERT INTO sale SELECT seq, CONCAT('Atta | गेहूँ ', seq), CONCAT('Asha ', seq), seq MOD 7, seq * 1.25, '2026-11-21' FROM seq_1_to_500;
            """);
        await lake.UpAsync();
        return lake;
    }

    /// <summary>The receiver answers; on the same port and with the same keys as before.</summary>
    public async Task UpAsync()
    {
        if (!isSftp)
        {
            File.Delete(Inbox);
            Directory.CreateDirectory(Inbox);
            return;
        }

        server = await SftpServer.StartAsync(new() { Folder = Inbox, StateDir = Path.Combine(folder, "state"), Port = server?.Port ?? 0 });
        Lake.SetSecret("targets/manthan", new System.Text.Json.Nodes.JsonObject
        {
            ["target"] = string.Create(CultureInfo.InvariantCulture, $"sftp://127.0.0.1:{server.Port}/"),
            ["username"] = server.UserName,
            ["privateKeyFile"] = server.ClientKeyPath,
            ["hostKeySha256"] = server.HostKeyFingerprint,
        });
    }

    /// <summary>The receiver is gone; what it has stays.</summary>
    public async Task DownAsync()
    {
        if (isSftp)
        {
            await server!.KillAsync();
            return;
        }

        // A file in the folder's place: nothing can be written there, as on a mount that broke.
        Directory.Move(Inbox, Inbox + ".away");
        await File.WriteAllTextAsync(Inbox, "");
    }

    public async Task BackAsync()
    {
        if (!isSftp)
        {
            File.Delete(Inbox);
            Directory.Move(Inbox + ".away", Inbox);
            return;
        }

        await server!.DisposeAsync();
        await UpAsync();
    }

    /// <summary>Declares the delivery mode and opens the lake anew.</summary>
    public Task OpenAsync(string delivery, int version = 0)
    {
        var target = isSftp ? "'secret:targets/manthan'" : $"'file://{Inbox}'";
        Lake.Write(new ContractText(TestLake.Source, "sale", Lake.Database, Columns)
        {
            Version = $"1.{version}.0",
            Manthan = $"{{ subject: SALES, table: sale, columns: [id, title, holder, quantity, amount, sold_on], businessDate: sold_on, totals: [quantity, amount], header: true, delivery: {delivery}, target: {target} }}",
        });
        return Lake.OpenAsync();
    }

    public Task<FeedOutcome> IngestAsync() => Lake.IngestAsync("sale");

    /// <summary>Bytes of the stored exports of one execution, by their name at the receiver.</summary>
    public IReadOnlyDictionary<string, byte[]> Stored() => Directory.GetFiles(Path.Combine(Lake.Home.Lake, "exports"), "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes, StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Lake.DisposeAsync();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        await Folders.DeleteAsync(folder);
    }
}
