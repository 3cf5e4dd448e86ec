using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile.Drops;

/// <summary>A feed of files: <c>retaillake.drop</c>, <c>retaillake.layout</c>, <c>retaillake.records</c>, and what tables and columns say of their fields.</summary>
internal static partial class DropCompiler
{
    /// <summary>Null when the contract describes no drops, or too little of them.</summary>
    public static DropSpec? Compile(YamlMap root, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        if (root.Own("drop") is not YamlMap drop)
        {
            problems.Add(root, "Found no 'retaillake.drop' in a contract of files, expected how they are recognised and read.", "Add it to customProperties, e.g. 'value: { format: delimited, proof: stable }'.");
            return null;
        }

        if (!Enum.TryParse<DropFormat>(drop["format"].Text(), ignoreCase: true, out var format))
        {
            return null;
        }

        var pattern = NamePattern(drop, problems);
        var spec = new DropSpec
        {
            Format = format,
            NamePattern = drop["name"].Text(),
            Proof = Proof(drop, problems),
            Version = drop["version"].Text() == "name" ? VersionOrigin.Name : VersionOrigin.Modified,
            Replaces = (drop["replaces"], drop["replaces"].Text()) switch { (YamlList, _) => DropScope.Columns, (_, "file") => DropScope.File, _ => DropScope.Rows },
            ReplacesColumns = ScopeColumns(drop, tables, problems),
            Compression = Chosen(drop["compression"], DropCompression.None),
            Encoding = drop["encoding"].Text() ?? "utf-8",
            MaxBytes = drop["maxBytes"].Integer() ?? 16L * 1024 * 1024 * 1024,
            SliceBytes = drop["sliceBytes"].Integer() ?? 256L * 1024 * 1024,
        };
        if (spec.Version == VersionOrigin.Name && pattern?.GetGroupNames().Contains("version") != true)
        {
            problems.Add(drop["version"]!, "Found 'version: name' without a group 'version' in 'name', expected the digits that order a file's versions.", @"Write the pattern like 'GRN_(?<version>[0-9]{8})\.txt', or 'version: modified'.");
        }

        spec = LayoutCompiler.Compile(root, spec, problems);
        spec = RecordTypesCompiler.Compile(root, spec, tables, problems);
        FieldChecks.Check(spec, tables, pattern, problems);
        XmlChecks.Check(root, spec, tables, problems);
        ProofFits(drop, spec, problems);
        return spec;
    }

    /// <summary>What is no value of the enumeration was said by its shape already.</summary>
    internal static T Chosen<T>(YamlNode? node, T absent)
        where T : struct, Enum => Enum.TryParse<T>(node.Text(), ignoreCase: true, out var value) ? value : absent;

    private static Regex? NamePattern(YamlMap drop, ProblemList problems)
    {
        if (drop["name"].Text() is not { } pattern)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            problems.Add(drop["name"]!, $"Found the name pattern {drop["name"]!.Shown}, expected a regular expression without look-around and back-references ({Printable.Of(exception.Message)}).", "Write it with classes, counts and named groups only.");
            return null;
        }
    }

    private static DropProof Proof(YamlMap drop, ProblemList problems)
    {
        var kind = Chosen(drop["proof"], ProofKind.Stable);
        var name = drop["proofFile"].Text();
        if (kind is ProofKind.Marker or ProofKind.Control && (name is null || !ProofFile().IsMatch(name) || !Core.Drops.ProofFile.IsTemplate(name)))
        {
            problems.Add(drop["proofFile"] ?? drop, $"Found {drop["proofFile"]?.Shown ?? "no 'proofFile'"} with 'proof: {drop["proof"].Text()}', expected the name of the file beside the drop, with {{name}} or {{stem}} in it.", "Write it like '{name}.done' or '{stem}.ctl'.");
        }
        else if (kind is ProofKind.Trailer or ProofKind.Stable && drop["proofFile"] is { } useless)
        {
            problems.Add(useless, $"Found 'proofFile' with 'proof: {drop["proof"].Text() ?? "stable"}', which reads no other file.", "Remove it, or write 'proof: marker' or 'proof: control'.");
        }

        var proof = new DropProof(kind, name) { Control = Control(drop, kind, problems) };
        if (drop["settleSeconds"] is not { } settle)
        {
            return proof;
        }

        if (kind is ProofKind.Marker or ProofKind.Control)
        {
            problems.Add(settle, $"Found 'settleSeconds' with 'proof: {drop["proof"].Text()}', where a file beside the drop says that it is complete.", "Remove it, or write 'proof: trailer' or 'proof: stable'.");
        }

        return proof with { SettleSeconds = (int?)settle.Integer() ?? proof.SettleSeconds };
    }

    private static ControlFile? Control(YamlMap drop, ProofKind kind, ProblemList problems)
    {
        if (drop["control"] is not YamlMap control)
        {
            if (kind == ProofKind.Control)
            {
                problems.Add(drop, "Found 'proof: control' without 'control', expected which of its keys state what.", "Add e.g. 'control: { bytes: SIZE, sha256: SHA256 }'.");
            }

            return null;
        }

        if (kind != ProofKind.Control || control.Entries.Count == 0)
        {
            problems.Add(control, $"Found 'control' with 'proof: {drop["proof"].Text() ?? "stable"}' and {control.Entries.Count} keys, expected it with 'proof: control' and at least one key.", "Correct one of the two.");
        }

        return new(control["bytes"].Text(), control["rows"].Text(), control["sha256"].Text(), control["md5"].Text());
    }

    private static void ProofFits(YamlMap drop, DropSpec spec, ProblemList problems)
    {
        if (spec.Proof.Kind == ProofKind.Trailer && spec.Format != DropFormat.Xml && spec.Records?.Trailer is null)
        {
            problems.Add(drop["proof"]!, "Found 'proof: trailer' without a trailer record, expected one in 'retaillake.records'.", "Name its type there, or choose another proof.");
        }

        if (spec is { Proof.Kind: ProofKind.Stable, Fixed.RecordLength: > 0 })
        {
            problems.Add(drop["proof"] ?? drop, "Found 'proof: stable' with 'recordLength', expected another proof: a file of records without line ends does not show whether its end is missing.", "Have the sender write a marker, a control file or a trailer; or lines.");
        }
    }

    private static List<string> ScopeColumns(YamlMap drop, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        var names = new List<string>();
        foreach (var node in drop.Items("replaces"))
        {
            if (node.Text() is not { } name)
            {
                continue;
            }

            foreach (var table in tables.Where(table => table.Column(name) is not { Required: true, Personal: false, Type.Kind: not (ColumnKind.Double or ColumnKind.Json) }))
            {
                problems.Add(node, $"Found {node.Shown} in 'replaces', expected a required column of every table that is neither personal nor of type double or json; '{table.Table.Name}' has none.", "Name columns that say which part of the world a drop is the whole truth about, e.g. [store_id, business_date].");
            }

            names.Add(name);
        }

        return names;
    }

    [GeneratedRegex(@"^[^/\\\p{Cc}]*\{(name|stem)\}[^/\\\p{Cc}]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ProofFile();
}
