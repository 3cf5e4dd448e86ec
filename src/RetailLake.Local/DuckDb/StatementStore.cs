using System.Security.Cryptography;
using System.Text;
using RetailLake.Core.Runs;

namespace RetailLake.Local.DuckDb;

/// <summary>Statement records as files, so that a status event outlives the process.</summary>
internal sealed class StatementStore
{
    private readonly string folder;

    public StatementStore(string home)
    {
        folder = Path.Combine(home, "statements");
        Directory.CreateDirectory(folder);
    }

    /// <summary>The id follows from the client token: one token never starts twice, also after a restart.</summary>
    public static string IdOf(string clientToken) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(clientToken)).AsSpan(0, 16)).ToString();

    public StatementRecord? Find(string id)
    {
        var path = PathOf(id);
        return File.Exists(path) ? LakeJson.FromBytes<StatementRecord>(File.ReadAllBytes(path)) : null;
    }

    public IReadOnlyList<StatementRecord> All() =>
        [.. Directory.EnumerateFiles(folder, "*.json").Select(path => LakeJson.FromBytes<StatementRecord>(File.ReadAllBytes(path))).OrderBy(record => record.SubmittedAt)];

    /// <summary>As the Data API does, a handled statement is forgotten after a day; what it loaded is in the ledger.</summary>
    public void Forget(DateTimeOffset before)
    {
        foreach (var record in All().Where(record => record.Delivered && record.EndedAt < before))
        {
            File.Delete(PathOf(record.Id));
        }
    }

    public void Save(StatementRecord record)
    {
        var path = PathOf(record.Id);
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(LakeJson.ToBytes(record));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private string PathOf(string id) => Path.Combine(folder, $"{id}.json");
}
