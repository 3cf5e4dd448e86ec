using System.IO.Compression;
using RetailLake.Tests.Servers;

namespace RetailLake.Tests.Failures;

/// <summary>After loads, rejects and failures no planted personal value lies anywhere under the home but in landing, which is there to hold them.</summary>
public sealed class PersonalValueTests(MariaDbFixture fixture, ITestOutputHelper output)
{
    private const int People = 200;

    private static readonly string[] Columns =
    [
        ContractText.Key, "name: full_name, logicalType: string, physicalType: varchar(20), classification: personal",
        "name: phone, logicalType: string, physicalType: varchar(20), classification: personal, customProperties: [{ property: retaillake.normalise, value: phone-in }], quality: [{ type: custom, engine: retaillake, implementation: phone-in }]",
        "name: email, logicalType: string, physicalType: varchar(100), classification: personal, logicalTypeOptions: { pattern: '^[^@]+@[^@]+$' }, customProperties: [{ property: retaillake.normalise, value: lower }]",
        "name: note, logicalType: string, physicalType: varchar(200)", "name: quantity, logicalType: integer, physicalType: int, required: true, classification: internal, logicalTypeOptions: { minimum: 0 }",
    ];

    [Fact]
    public async Task PlantedPersons_AreNowhereOutsideLanding()
    {
        const int Seed = 20261122;
        output.WriteLine($"seed {Seed}");
        var needles = new PersonalNeedles(People, Seed);
        await using var lake = await TestLake.CreateAsync(fixture);
        await PlantAsync(lake, needles);
        var manthan = "{ subject: PERSONS, table: person, columns: [id, full_name, phone, email], header: true, delivery: rename }";
        lake.Write(new ContractText(TestLake.Source, "person", lake.Database, [.. Columns]) { RejectBudget = 80, Manthan = manthan });
        lake.Write(new ContractText(TestLake.Source, "strict", lake.Database, [.. Columns]) { RejectBudget = 1 });
        lake.Write(new ContractText(TestLake.Source, "mail", lake.Database, "name: email, logicalType: string, physicalType: varchar(100), primaryKey: true, classification: personal", Columns[2]) { RejectBudget = 60 });
        await lake.OpenAsync();

        var outcomes = await lake.IngestAllAsync();
        var broken = SourceBreak.All["wrong password"];
        await broken.Break(lake);
        (await lake.IngestAsync("person")).Status.Should().Be("FAILED");
        await broken.Mend(lake);
        await FailTheLoadAsync(lake);

        outcomes.Select(outcome => $"{outcome.Contract} {outcome.Outcome} {outcome.Error}").Order(StringComparer.Ordinal).Should().Equal(
            "shop.mail Loaded ", "shop.person Loaded ", "shop.strict Failed RejectBudgetExceededException");
        outcomes.First(outcome => outcome.Contract == "shop.person").Load!.Hops["rejected"].Should().BeGreaterThan(50);
        (await lake.ValueAsync("SELECT COUNT(*) >= 50, COUNT(DISTINCT phone) >= 50 FROM shop.person")).Should().Be("True|True");
        var warehouse = await WarehouseTextAsync(lake);
        await lake.CloseAsync();

        needles.FindIn(System.Text.Encoding.UTF8.GetBytes(warehouse)).Should().BeNull("of the warehouse's tables");
        var files = Directory.GetFiles(lake.Home.Folder, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(Path.Combine(lake.Home.Lake, "landing"), StringComparison.Ordinal)).ToList();
        files.Should().Contain(file => file.Contains("quarantine", StringComparison.Ordinal)).And.Contain(file => file.Contains("exports", StringComparison.Ordinal));
        output.WriteLine($"{files.Count} files");
        foreach (var file in files)
        {
            needles.FindIn(System.Text.Encoding.UTF8.GetBytes(file)).Should().BeNull("of the name {0}", file);
            var content = await File.ReadAllBytesAsync(file);
            needles.FindIn(content).Should().BeNull("of {0}", file);
            if (content is [0x1f, 0x8b, ..])
            {
                using var plain = new MemoryStream();
                await new GZipStream(new MemoryStream(content), CompressionMode.Decompress).CopyToAsync(plain);
                needles.FindIn(plain.ToArray()).Should().BeNull("of {0}", file);
            }
        }
    }

    [Fact]
    public void TheSearch_FindsEachForm()
    {
        var needles = new PersonalNeedles(3, 5);
        var (name, phone, email) = needles.People[1];
        foreach (var hidden in (string[])[name, phone[3..], email.ToUpperInvariant(), Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"1\t{email}\tx")), Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(phone))])
        {
            needles.FindIn(System.Text.Encoding.UTF8.GetBytes($"before {hidden} after")).Should().NotBeNull(hidden);
        }

        needles.FindIn("nobody"u8).Should().BeNull();
    }

    /// <summary>Of every four persons one is right, one breaks a rule, one has its phone in the wrong place, one bytes that are no text.</summary>
    private static async Task PlantAsync(TestLake lake, PersonalNeedles needles)
    {
        var rows = needles.People.Select((person, index) => (index % 4) switch
        {
            0 or 1 => $"({index}, '{person.Name}', '{person.Phone}', '{person.Email}', '{person.Phone} {person.Email}', {(index % 4 == 0 ? "1" : "-1")})",
            2 => $"({index}, '{person.Name}', '{person.Email[..20]}', '{person.Phone}', '{person.Name}', 1)",
            _ => $"({index}, '{person.Name} {person.Phone}', '{person.Phone}', '{person.Email}', CONCAT('{person.Name}', CHAR(0), '{person.Phone}'), 1)",
        });
        await lake.SqlAsync($"""
            CREATE TABLE person (id INT PRIMARY KEY, full_name VARCHAR(20) CHARACTER SET utf8mb4, phone VARCHAR(20), email VARCHAR(100), note VARCHAR(200), quantity INT);
            INSERT INTO person VALUES {string.Join(", ", rows)};
            CREATE TABLE strict LIKE person; INSERT INTO strict SELECT * FROM person;
            CREATE TABLE mail (email VARCHAR(100) PRIMARY KEY, phone VARCHAR(20)); INSERT INTO mail SELECT CONCAT(email, id), phone FROM person;
            """);
    }

    /// <summary>The load's statement breaks on what the warehouse has become: its error text comes from a database that quotes values.</summary>
    private static async Task FailTheLoadAsync(TestLake lake)
    {
        await lake.Host.Warehouse.ExecuteAsync(["ALTER TABLE shop.mail ALTER COLUMN phone SET DATA TYPE INTEGER USING 0"], default);
        (await lake.IngestAsync("mail")).Error.Should().Be("LoadFailedException");
    }

    private static async Task<string> WarehouseTextAsync(TestLake lake)
    {
        var text = new System.Text.StringBuilder();
        foreach (var table in await lake.QueryAsync("SELECT '\"' || table_schema || '\".\"' || table_name || '\"' FROM information_schema.tables WHERE table_catalog = current_database()"))
        {
            text.AppendJoin('\n', await lake.QueryAsync($"SELECT CAST(t AS VARCHAR) FROM {table} t"));
        }

        foreach (var file in Directory.GetFiles(lake.Home.Lake, "*.parquet", SearchOption.AllDirectories))
        {
            text.AppendJoin('\n', await lake.QueryAsync($"SELECT CAST(t AS VARCHAR) FROM read_parquet('{file}', hive_partitioning = false) t"));
        }

        return text.ToString();
    }
}
