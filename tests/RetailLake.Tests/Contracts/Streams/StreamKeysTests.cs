using RetailLake.Core.Contracts;
using RetailLake.Tests.Streams.Reading;

namespace RetailLake.Tests.Contracts.Streams;

/// <summary>What contracts of topics may say, each wrong thing with its line and remedy.</summary>
public sealed class StreamKeysTests
{
    private const string Head = "topic: pos.bill, format: json, version: revision, eventTime: sold_at";

    public static TheoryData<string, string, string, string> Json => new()
    {
        { Head, "topic: pos.bill, format: json, decimals: string", "Found 'decimals' with 'format: json'", "Remove it" },
        { Head, "topic: pos.bill, format: json, version: position", "Found 'position' for the version of JSON records", "docs/contracts.md" },
        { Head, "topic: pos.bill, format: json, version: net", "Found 'net', expected a required column of 'bill' of kind Int32 or Int64 or Timestamp", "Name such a column" },
        { Head, "topic: pos.bill, format: json, version: sold_at", "Found 'sold_at', expected a required column", "Name such a column" },
        { Head, "topic: pos.bill, format: json, eventTime: revision", "Found 'revision', expected a column of 'bill' of kind Timestamp", "Name such a column" },
        { Head, "topic: pos.bill, format: json, key: [revision]", "Found 'key' with other columns than the key of 'bill', expected bill_no", "key columns" },
        { Head, "topic: pos.bill, format: json, version: revision, key: [bill_no]", "Found 'key' with a column as version", "write a flag" },
        { Head, "topic: pos.bill, format: json, ignored: [pos.bill]", "Found the topic 'pos.bill' a second time in this contract", "Keep one" },
        { Head, "topic: pos.bill, format: json, ignored: ['pos bill']", "Found the topic 'pos bill'", "spelling" },
        { Head, "topic: pos.bill, format: json, maxBytes: 10", "expected a whole number from 1000", "Correct" },
        { Head, "topic: pos.bill, format: json, holdHours: 0", "expected a whole number from 1", "Correct" },
        { Head, "topic: pos.bill, format: json, gaps: maybe", "expected one of allow, refuse", "Correct" },
        { "value: 'lines[]' }", "value: 'lines' }", "Found the record 'lines', which is no array", "Correct the path" },
        { "value: 'lines[]' }", "value: '/lines[]' }", "begins at the root in any case", "Correct the path" },
        { "value: 'lines[]/taxes[]' }", "value: 'lines[]' }", "whose elements are rows of another table already", "Correct the path" },
        { "value: totals/net | net", "value: 'totals//net'", "a step that is no member's name", "Correct the path" },
        { "value: totals/net | net", "value: '../net'", "a step that is no member's name", "Correct the path" },
        { "value: totals/net | net", "value: 'lines[]/net'", "leads into an array, and a row has one value", "Correct the path" },
        { "value: totals/net | net", "value: '/lines[]/net'", "leads into an array that the row is no element of", "Correct the path" },
        { "value: totals/net | net", "value: 'a[0]'", "with one of [ ] $ |", "Correct the path" },
        { "value: $offset", "value: $row", "expected a path of member names", "docs/contracts.md" },
        { "value: $offset", "value: $name", "expected a path of member names", "docs/contracts.md" },
        { "      - { name: bill_no, logicalType: string, physicalType: varchar(40), primaryKey: true, classification: internal }", "      - { name: _event_at, logicalType: string, physicalType: varchar(40), primaryKey: true, classification: internal }", "which the load itself adds", "physicalName" },
        { "      - { property: retaillake.parentKey", "      - { property: retaillake.complete, value: { bill: revision } }\n      - { property: retaillake.parentKey", "Found 'retaillake.complete' on 'bill_line'", "Move it there" },
        { "  - name: bill\n    physicalType: topic\n", "  - name: bill\n    physicalType: topic\n    customProperties: [ { property: retaillake.complete, value: { bill_lime: revision } } ]\n", "Found 'bill_lime' in 'retaillake.complete'", "spelling" },
        { "  - name: bill\n    physicalType: topic\n", "  - name: bill\n    physicalType: topic\n    customProperties: [ { property: retaillake.complete, value: { bill_line: net } } ]\n", "Found 'net', expected a required column", "Name such a column" },
        { "  - name: bill\n    physicalType: topic\n", "  - name: bill\n    physicalType: topic\n    customProperties: [ { property: retaillake.complete, value: [] } ]\n", "expected a mapping from child tables", "Correct" },
        { "  - name: bill\n    physicalType: topic\n", "  - name: bill\n    physicalType: topic\n    customProperties: [ { property: retaillake.record, value: 'x[]' } ]\n", "Found 'retaillake.record' on 'bill', which has the whole record", "Remove it" },
        { "physicalType: topic\n", "physicalType: file\n", "Found the physicalType 'file'", "Correct" },
    };

    [Theory]
    [MemberData(nameof(Json))]
    public void OneWrongThing_IsSaidWithItsRemedy(string found, string instead, string message, string remedy)
    {
        BillFeed.Yaml.Should().Contain(found, "the sample must hold what the case changes");

        var loaded = StreamContractTests.Load(BillFeed.Yaml.Replace(found, instead, StringComparison.Ordinal));

        loaded.Contracts.Should().BeEmpty();
        var problem = loaded.Problems.FirstOrDefault(problem => problem.Message.Contains(message, StringComparison.Ordinal));
        problem.Should().NotBeNull("one of these says so: {0}", string.Join('\n', loaded.Problems.Select(problem => problem.Message)));
        problem!.Remedy.Should().Contain(remedy);
        problem.Line.Should().BeGreaterThan(1, "it has a place of its own");
    }

    [Theory]
    [InlineData("format: debezium, key: [bill_id]", "Found 'key' with 'format: debezium'")]
    [InlineData("format: debezium, eventTime: x", "Found 'eventTime' with 'format: debezium'")]
    [InlineData("format: debezium, version: net", "Found 'net' for the version of change events")]
    [InlineData("format: debezium, decimals: double", "expected one of precise, numeric, string")]
    [InlineData("format: debezium, times: fast", "expected one of adaptive-microseconds, adaptive, connect, iso, microseconds, nanoseconds")]
    [InlineData("format: debezium, binary: octal", "expected one of bytes, base64, base64-url-safe, hex")]
    public void OneWrongThingOfChangeEvents_IsSaid(string instead, string message) =>
        StreamContractTests.Load(StreamContractTests.Yaml.Replace("format: debezium", instead, StringComparison.Ordinal)).Problems.Should().Contain(problem => problem.Message.Contains(message, StringComparison.Ordinal) && problem.Line == 10);

    [Fact]
    public void TwoTablesOfOneTopicOfChangeEvents_AreRefused()
    {
        const string Line = "  - name: line\n    customProperties: [ { property: retaillake.parentKey, value: [bill_id] } ]\n    properties:\n" +
            "      - { name: bill_id, logicalType: integer, physicalType: bigint, primaryKey: true, classification: internal }\n";

        StreamContractTests.Load(StreamContractTests.Yaml + Line).Problems.Should().ContainSingle().Which.Message.Should().Contain("Found 2 tables of one topic of change events");
    }

    [Fact]
    public void AllKeys_AreCompiledAndSurviveTheBundle()
    {
        var yaml = StreamContractTests.Yaml.Replace(
            "format: debezium", "format: debezium, version: offset, ignored: [a, b], maxBytes: 5000, holdHours: 2, gaps: refuse, decimals: numeric, times: nanoseconds, binary: base64-url-safe", StringComparison.Ordinal);

        var contract = StreamContractTests.Load(yaml).Contracts.Single();

        contract.Stream.Should().BeEquivalentTo(new StreamSpec("pos.bill", StreamFormat.Debezium)
        {
            Version = StreamVersion.Offset, Ignored = ["a", "b"], MaxBytes = 5000, HoldHours = 2, RefusesGaps = true, Encoding = new(DebeziumDecimals.Numeric, DebeziumTimes.Nanoseconds, DebeziumBinary.Base64UrlSafe),
        });
        contract.Topics.Should().Equal("pos.bill", "a", "b");
        ContractBundle.Read(ContractBundle.Write([contract]), "bundle").Contracts.Single().Should().BeEquivalentTo(contract);
        ContractBundle.Read(ContractBundle.Write([BillFeed.Contract]), "bundle").Contracts.Single().Should().BeEquivalentTo(BillFeed.Contract);
    }

    [Fact]
    public void BillsOfThisRepository_AreRead()
    {
        var loaded = ContractLoader.Load([Repository.Contracts]);
        var bill = loaded.Contracts.Single(contract => contract.Id == "pos.bill");

        var rows = StreamRows.Read(bill, """
            {"bill_no":"S012-03-000417","revision":1,"store_id":12,"till":3,"business_date":"2026-11-25","sold_at":"2026-11-25T14:03:22.120+05:30","kind":"SALE","training":false,"original_bill_no":null,
             "cashier":"C17","customer":{"phone":"9810012345"},"currency":"INR","totals":{"gross":"1249.00","discount":"0.00","tax":"190.53","net":1249.00},
             "lines":[{"sku":"A1","ean":"8901030865275","description":"Rice 5 kg","quantity":"1.000","unit_price":"1249.00","hsn":"1006","tax_rate":"18.00","tax":"190.53","amount":"1249.00","voided":false}],
             "tenders":[{"type":"UPI","amount":"1249.00","reference":"a@upi"}]}
            """);

        rows.Should().OnlyContain(row => row.Reasons.Count == 0);
        rows.Select(row => row.Table).Should().Equal("bill", "bill_line", "bill_tender");
        rows[1].Text.Should().Be("bill_line bill_no=S012-03-000417 line_no=1 sku=A1 ean=8901030865275 description=Rice 5 kg quantity=1.000 unit_price=1249.00 hsn=1006 tax_percent=18.00 tax_amount=190.53 amount=1249.00 is_voided=0");
    }
}
