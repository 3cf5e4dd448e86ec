using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Contracts.Drops;

public sealed class DropContractTests
{
    [Fact]
    public void RecordTypes_AreCompiledWhole()
    {
        var contract = Good(SampleDrops.Delimited);
        var drop = contract.Drop!;

        contract.Server.Should().Be(new SourceServer("s3", null, null, "", "sources/gp"));
        (drop.Format, drop.Proof, drop.Version, drop.Replaces, drop.Compression, drop.Encoding, drop.MaxBytes, drop.SliceBytes)
            .Should().Be((DropFormat.Delimited, new DropProof(ProofKind.Trailer), VersionOrigin.Name, DropScope.Columns, DropCompression.Gzip, "windows-1252", 1_000_000, 5_000));
        drop.ReplacesColumns.Should().Equal("store_id");
        drop.Delimited.Should().Be(new DelimitedLayout("||", null, false, 1, true));
        drop.Records.Should().BeEquivalentTo(new RecordTypes("1", "H", "T", ["C"],
            [new(new(FieldScope.Record, Position: 2), null, null, null), new(new(FieldScope.Record, Position: 3), "grn_line", "amount", new() { Grouping = DigitGrouping.Indian })]));
        contract.Tables.Select(table => table.Record).Should().Equal("G", "D");
        contract.Parent.Column("received_on").From.Should().Be(new FieldSource(FieldScope.Header, Position: 2));
        contract.Parent.Column("received_on").Format.Should().BeEquivalentTo(new FieldFormat { Pattern = "dd/MM/yyyy", Trim = true, Nulls = ["", "00/00/0000"] });
        contract.Parent.Column("store_id").From.Should().Be(new FieldSource(FieldScope.FileName, "store"));
        contract.Tables[1].Column("grn_no").From.Should().Be(new FieldSource(FieldScope.Parent, Position: 2));
        contract.Tables[1].Column("amount").Format.Should().BeEquivalentTo(new FieldFormat { Grouping = DigitGrouping.Indian, Sign = SignStyle.CreditDebit });
        contract.Tables[1].Column("is_free").Format!.Map.Should().Equal(new Dictionary<string, string> { ["Y"] = "1", ["N"] = "0" });
    }

    [Fact]
    public void FixedWidth_IsCompiledWhole()
    {
        var contract = Good(SampleDrops.Fixed);

        contract.Server.Should().Be(new SourceServer("sftp", "crt.example.in", 2222, "", "sources/gp") { Location = "sftp://crt.example.in:2222/out/crt" });
        contract.Drop!.Proof.Should().Be(new DropProof(ProofKind.Control, "{stem}.ctl") { Control = new("SIZE", "ROWS", "HASH") });
        contract.Drop.Fixed.Should().Be(new FixedLayout(FixedUnit.Bytes, 40));
        contract.Parent.Column("cash").From.Should().Be(new FieldSource(FieldScope.Record, Position: 11, Length: 10));
        contract.Parent.Column("cash").Format.Should().BeEquivalentTo(new FieldFormat { ImpliedDecimals = 2, Sign = SignStyle.Overpunch, Pad = '0' });
    }

    [Fact]
    public void WidthOfHeaderAndTrailer_IsOptional()
    {
        Good(SampleDrops.Delimited).Drop!.Records.Should().BeEquivalentTo(new { HeaderWidth = 0, TrailerWidth = 0 });
        Good(SampleDrops.Delimited.Replace("      trailer: T\n", "      trailer: T\n      headerWidth: 2\n      trailerWidth: 3\n", StringComparison.Ordinal)).Drop!.Records
            .Should().BeEquivalentTo(new { HeaderWidth = 2, TrailerWidth = 3 });
    }

    [Fact]
    public void SettlingOfAFile_IsItsContractsOrAMinute()
    {
        Good(SampleDrops.Delimited).Drop!.Proof.SettleSeconds.Should().Be(60);
        Good(SampleDrops.Delimited.Replace("proof: trailer", "proof: trailer\n      settleSeconds: 10", StringComparison.Ordinal)).Drop!.Proof.SettleSeconds.Should().Be(10);
    }

    [Fact]
    public void Xml_IsCompiledWhole()
    {
        var contract = Good(SampleDrops.Xml);

        contract.Drop!.Xml.Should().BeEquivalentTo(new XmlLayout("POSLog/Transaction", ["http://www.nrf-arts.org/IXRetail/namespace/"], 32));
        contract.Drop.Replaces.Should().Be(DropScope.File);
        contract.Parent.Column("seq").From.Should().BeEquivalentTo(new FieldSource(FieldScope.Record, Paths: ["SequenceNumber"]));
        contract.Parent.Column("store").From!.Paths.Should().Equal("RetailStoreID", "BusinessUnit/UnitID");
    }

    [Theory]
    [InlineData(nameof(SampleDrops.Delimited))]
    [InlineData(nameof(SampleDrops.Fixed))]
    [InlineData(nameof(SampleDrops.Xml))]
    public void WhatTheBundleHolds_IsTheSame(string sample)
    {
        var contract = Good(Yaml(sample));

        ContractBundle.Read(ContractBundle.Write([contract]), "bundle").Contracts.Single().Should().BeEquivalentTo(contract);
    }

    public static TheoryData<string, string, string, string, string> Cases => new()
    {
        { nameof(SampleDrops.Delimited), "type: s3, location: s3://lake/drops/gp", "type: s3, location: http://x", "for a server of type s3", "others upload" },
        { nameof(SampleDrops.Delimited), "format: delimited", "format: csv", "expected one of delimited, fixed, xml", "Correct" },
        { nameof(SampleDrops.Delimited), "(?<version>[0-9]{8})", "(?<date>[0-9]{8})", "without a group 'version'", "version: modified" },
        { nameof(SampleDrops.Delimited), "(?<store>[0-9]{3})", "([0-9]{3})", "Found '$name.store' on 'store_id'", "Add the group" },
        { nameof(SampleDrops.Delimited), "name: 'GRN_(", "name: '(?=x)GRN_(", "without look-around", "named groups" },
        { nameof(SampleDrops.Delimited), "proof: trailer", "proof: marker", "no 'proofFile'", "{name}.done" },
        { nameof(SampleDrops.Delimited), "proof: trailer", "proof: trailer\n      proofFile: '{name}.done'", "which reads no other file", "Remove it" },
        { nameof(SampleDrops.Fixed), "proofFile: '{stem}.ctl'", "proofFile: '{stem}.ctl', settleSeconds: 30", "Found 'settleSeconds' with 'proof: control'", "Remove it" },
        { nameof(SampleDrops.Delimited), "      trailer: T\n", "", "Found 'proof: trailer' without a trailer record", "choose another proof" },
        { nameof(SampleDrops.Delimited), "replaces: [store_id]", "replaces: [grn]", "Found 'grn' in 'replaces'", "business_date" },
        { nameof(SampleDrops.Delimited), "replaces: [store_id]", "replaces: all", "expected one of rows, file", "Correct" },
        { nameof(SampleDrops.Delimited), "compression: gzip", "compression: bzip2", "expected one of none, gzip, zip", "Correct" },
        { nameof(SampleDrops.Delimited), "encoding: windows-1252", "encoding: ebcdic", "expected one of utf-8", "Correct" },
        { nameof(SampleDrops.Delimited), "delimiter: '||'", @"delimiter: ""|\n""", "1 to 16 ASCII characters", "tab" },
        { nameof(SampleDrops.Delimited), "quote: none", "recordLength: 3", "in the layout of a delimited file", "Correct the spelling" },
        { nameof(SampleDrops.Delimited), "header: false, skip", "header: true, skip", "with 'header: true'", "header: false" },
        { nameof(SampleDrops.Delimited), "header: H", "header: D", "Found the record type 'D' for two things", "differ" },
        { nameof(SampleDrops.Delimited), "      header: H\n", "", "Found a field of the file's header", "another field" },
        { nameof(SampleDrops.Delimited), "table: grn_line, column: amount", "table: grn_lines, column: amount", "Found 'grn_lines' in a total", "Correct the spelling" },
        { nameof(SampleDrops.Delimited), "table: grn_line, column: amount", "table: grn_line, column: line_no", "Found 'line_no' in a total", "controlTotal" },
        { nameof(SampleDrops.Delimited), "{ property: retaillake.record, value: G }", "{ property: other.record, value: G }", "Found no 'retaillake.record' on table 'grn'", "customProperties" },
        { nameof(SampleDrops.Delimited), "value: header:2", "value: footer:2", "Found 'footer:2' for the field of 'received_on' in a file without a header", "counting from 1" },
        { nameof(SampleDrops.Delimited), "value: header:2", "value: parent:2", "Found a field of the parent's record on 'received_on'", "record itself" },
        { nameof(SampleDrops.Delimited), "value: $index", "value: $line", "Found '$line' for a field's place", "docs/contracts.md" },
        { nameof(SampleDrops.Delimited), "pattern: dd/MM/yyyy", "pattern: dd/MM/yy", "Found the pattern 'dd/MM/yy'", "dd/MM/yyyy" },
        { nameof(SampleDrops.Delimited), "pattern: dd/MM/yyyy", "pattern: dd/dd/MM/yyyy", "each once", "dd/MM/yyyy" },
        { nameof(SampleDrops.Delimited), "pattern: dd/MM/yyyy", "grouping: indian", "Found 'grouping' in the format of 'received_on'", "Remove it" },
        { nameof(SampleDrops.Delimited), "grouping: indian, sign: credit-debit", "pattern: dd/MM/yyyy", "on dates and times only", "dd/MM/yyyy" },
        { nameof(SampleDrops.Delimited), "retaillake.controlTotal, value: true", "retaillake.softDelete, value: true", "where it has no effect", "Remove it" },
        { nameof(SampleDrops.Delimited), "- property: retaillake.layout", "- { property: retaillake.extract, value: { mode: window } }\n  - property: retaillake.layout", "Found 'retaillake.extract' in a contract of files", "Remove it" },
        { nameof(SampleDrops.Fixed), "sftp://crt.example.in:2222/out/crt", "sftp://me:pw@crt.example.in/out", "without user and password", "secret" },
        { nameof(SampleDrops.Fixed), "sftp://crt.example.in:2222/out/crt", "sftp://crt.example.in/../etc", "without user and password", "secret" },
        { nameof(SampleDrops.Fixed), "type: sftp", "type: custom", "expected ftp://host:port/folder", "secret" },
        { nameof(SampleDrops.Fixed), "proofFile: '{stem}.ctl'", "proofFile: '../{stem}.ctl'", "expected the name of the file beside the drop", "{stem}.ctl" },
        { nameof(SampleDrops.Fixed), ", control: { bytes: SIZE, rows: ROWS, sha256: HASH }", "", "Found 'proof: control' without 'control'", "sha256" },
        { nameof(SampleDrops.Delimited), "sign: credit-debit", "sign: overpunch", "an overpunched sign on grouped digits", "Correct the format" },
        { nameof(SampleDrops.Fixed), "proof: control, proofFile: '{stem}.ctl', control: { bytes: SIZE, rows: ROWS, sha256: HASH }", "proof: stable", "Found 'proof: stable' with 'recordLength'", "marker" },
        { nameof(SampleDrops.Fixed), "unit: bytes", "unit: words", "Found the unit 'words'", "Correct" },
        { nameof(SampleDrops.Fixed), "value: 11-20", "value: 20-11", "Found '20-11' for a field's place, expected a range", "docs/contracts.md" },
        { nameof(SampleDrops.Fixed), "value: 11-20", "value: 11-50", "Found the range 11-50", "recordLength" },
        { nameof(SampleDrops.Delimited), "{ at: 2 }", "{ at: 'header:2' }", "Found 'header:2' for a total of the trailer", "Correct it" },
        { nameof(SampleDrops.Delimited), "{ at: 2 }", "{ at: $row }", "Found '$row' for a total of the trailer", "Correct it" },
        { nameof(SampleDrops.Delimited), "{ at: 2 }", "{ at: ROWS }", "Found 'ROWS' for a total of the trailer", "Correct it" },
        { nameof(SampleDrops.Delimited), "      header: H\n", "      header: H\n      headerWidth: 1\n", "a field of the header that ends at 2", "Correct one" },
        { nameof(SampleDrops.Delimited), "      trailer: T\n", "      trailer: T\n      trailerWidth: 2\n", "a field of the trailer that ends at 3", "Correct one" },
        { nameof(SampleDrops.Delimited), "      trailer: T\n", "      trailerWidth: 3\n", "Found 'trailerWidth' without 'trailer'", "Name it" },
        { nameof(SampleDrops.Delimited), "grouping: indian, sign: credit-debit", "map: { A: 1 }, impliedDecimals: 2", "a map beside a form of numbers", "Correct the format" },
        { nameof(SampleDrops.Delimited), "{ property: retaillake.from, value: $index }", "{ property: retaillake.from, value: $index }, { property: retaillake.format, value: { trim: true } }", "Found 'retaillake.format' on 'line_no', which is a number that the lake counts", "Remove it" },
        { nameof(SampleDrops.Fixed), "value: 1-10", "value: $record", "Found '$record' on 'till' in a file without record types", "retaillake.records" },
        { nameof(SampleDrops.Fixed), "impliedDecimals: 2", "impliedDecimals: 3", "Found 3 implied decimals", "Widen" },
        { nameof(SampleDrops.Fixed), ", customProperties: [ { property: retaillake.from, value: 1-10 } ]", "", "Found no 'retaillake.from' on 'till'", "11-20" },
        { nameof(SampleDrops.Xml), "unit: POSLog/Transaction, ", "", "Found no 'unit'", "POSLog/Transaction" },
        { nameof(SampleDrops.Xml), "format: xml, ", "format: xml, encoding: us-ascii, ", "a document says its own", "Remove" },
        { nameof(SampleDrops.Xml), "maxDepth: 32", "maxDepth: 1", "from 2 to 1000", "Correct" },
        { nameof(SampleDrops.Xml), "{ property: retaillake.record, value: POSLog/Transaction }", "{ property: x.record, value: y }", "Found no 'retaillake.record'", "customProperties" },
        { nameof(SampleDrops.Xml), "- { property: retaillake.layout", "- { property: retaillake.records, value: { at: 1 } }\n  - { property: retaillake.layout", "told apart by path", "Remove" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void OneWrongThing_IsSaidWithRemedy(string sample, string found, string instead, string message, string remedy)
    {
        var yaml = Yaml(sample);
        yaml.Should().Contain(found, "the sample must hold what the case changes");

        var loaded = SampleDrops.Load(yaml.Replace(found, instead, StringComparison.Ordinal));

        loaded.Contracts.Should().BeEmpty();
        loaded.Problems.Should().Contain(problem => problem.Message.Contains(message, StringComparison.Ordinal));
        var problem = loaded.Problems.First(problem => problem.Message.Contains(message, StringComparison.Ordinal));
        problem.Remedy.Should().Contain(remedy).And.EndWith(".");
        problem.Message.Should().EndWith(".");
    }

    private static string Yaml(string sample) => sample switch
    {
        nameof(SampleDrops.Fixed) => SampleDrops.Fixed,
        nameof(SampleDrops.Xml) => SampleDrops.Xml,
        _ => SampleDrops.Delimited,
    };

    private static Contract Good(string yaml)
    {
        var loaded = SampleDrops.Load(yaml);
        loaded.Problems.Should().BeEmpty();
        return loaded.Contracts.Single();
    }
}
