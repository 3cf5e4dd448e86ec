using System.Text;
using RetailLake.Core.Contracts.Compile;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RetailLake.Core.Contracts.Yaml;

/// <summary>
/// One YAML document as nodes with positions. A contract is hostile input: size, depth and count are capped; anchors, aliases, tags, merge keys
/// and duplicate keys are refused, so a few bytes cannot become many nodes and no key can hide another.
/// </summary>
internal sealed class YamlReader
{
    public const int MaxFileBytes = 1024 * 1024;
    public const int MaxDepth = 24;
    public const int MaxNodes = 100_000;

    private readonly Parser parser;
    private readonly ProblemList problems;
    private int nodes;

    private YamlReader(string text, ProblemList problems)
    {
        parser = new Parser(new StringReader(text));
        this.problems = problems;
    }

    /// <returns>Null when the text is no single YAML document; the problems say why.</returns>
    public static YamlNode? Read(ReadOnlySpan<byte> bytes, ProblemList problems)
    {
        if (bytes.Length > MaxFileBytes)
        {
            problems.Add(1, 1, $"Found a file of more than {MaxFileBytes} bytes, expected at most that.", "Split it: one contract per feed.");
            return null;
        }

        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            var before = bytes[..Math.Clamp(exception.Index, 0, bytes.Length)];
            problems.Add(1 + before.Count((byte)'\n'), before.Length - before.LastIndexOf((byte)'\n'), "Found bytes that are not UTF-8.", "Save the file as UTF-8.");
            return null;
        }

        try
        {
            RefuseTabs(text);
            return new YamlReader(text, problems).Document();
        }
        catch (UnreadableYamlException exception)
        {
            problems.Add(exception.Line, exception.Column, exception.Message, exception.Remedy);
            return null;
        }
        catch (YamlException exception)
        {
            problems.Add((int)Math.Max(1, exception.Start.Line), (int)Math.Max(1, exception.Start.Column), $"Found text that is not YAML: {Printable.Of(exception.Message)}", "Correct the indentation or the quotes there.");
            return null;
        }
    }

    /// <summary>YAML forbids tabs as indentation; the parser lets them pass where other readers do not.</summary>
    private static void RefuseTabs(string text)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var tab = line[..(line.Length - line.TrimStart().Length)].IndexOf('\t');
            if (tab >= 0)
            {
                throw new UnreadableYamlException(number, tab + 1, "Found a tab in the indentation, expected blanks.", "Indent with blanks.");
            }
        }
    }

    private YamlNode Document()
    {
        Take<StreamStart>();
        if (parser.Current is not DocumentStart)
        {
            throw Unreadable(parser.Current!, "Found an empty file, expected one contract.", "Fill it in, or remove it.");
        }

        Take<DocumentStart>();
        var root = Node(0);
        Take<DocumentEnd>();
        return parser.Current is StreamEnd ? root : throw Unreadable(parser.Current!, "Found a second YAML document, expected one contract per file.", "Give it a file of its own.");
    }

    private YamlNode Node(int depth)
    {
        var current = parser.Current ?? throw new YamlException("the file ends early");
        if (current is AnchorAlias || current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw Unreadable(current, "Found a YAML anchor or alias, expected plain text.", "Write the part out where it is used.");
        }

        if (current is NodeEvent { Tag.IsEmpty: false })
        {
            throw Unreadable(current, "Found a YAML tag, expected plain text.", "Remove the tag; quote the text where it must be a string.");
        }

        if (depth > MaxDepth || ++nodes > MaxNodes)
        {
            throw Unreadable(current, $"Found more than {MaxDepth} levels or {MaxNodes} nodes.", "A contract needs far fewer; split it.");
        }

        return current switch
        {
            Scalar => ScalarNode(),
            SequenceStart => ListNode(depth),
            MappingStart => MapNode(depth),
            _ => throw Unreadable(current, "Found text that is not YAML.", "Correct the indentation or the quotes there."),
        };
    }

    private YamlScalar ScalarNode()
    {
        var scalar = Take<Scalar>();
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var node = new YamlScalar((int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value, isPlain ? PlainScalar.KindOf(scalar.Value) : ScalarKind.Text);
        if (isPlain && PlainScalar.AlsoReadAs(scalar.Value) is { } other)
        {
            problems.Add(node, $"Found {node.Shown} without quotes, which other readers of this file take for {other}.", $"Write \"{Printable.Of(scalar.Value)}\" in quotes, or true or false or a plain number where that is meant.");
        }

        return node;
    }

    private YamlList ListNode(int depth)
    {
        var start = Take<SequenceStart>();
        var items = new List<YamlNode>();
        while (parser.Current is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        parser.MoveNext();
        return new((int)start.Start.Line, (int)start.Start.Column, items);
    }

    private YamlMap MapNode(int depth)
    {
        var start = Take<MappingStart>();
        var entries = new List<YamlEntry>();
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        while (parser.Current is not MappingEnd)
        {
            var at = parser.Current!;
            if (Node(depth + 1) is not YamlScalar key || key.Text == "<<")
            {
                throw Unreadable(at, "Found a merge key or a key that is no plain text.", "Write the part out where it is used.");
            }

            var value = Node(depth + 1);
            if (keys.TryAdd(key.Text, key.Line))
            {
                entries.Add(new(key, value));
            }
            else
            {
                problems.Add(key, $"Found the key {key.Shown} a second time, the first is on line {keys[key.Text]}.", "Keep one of them.");
            }
        }

        parser.MoveNext();
        return new((int)start.Start.Line, (int)start.Start.Column, entries);
    }

    private T Take<T>()
        where T : ParsingEvent
    {
        if (parser.Current is null)
        {
            parser.MoveNext();
        }

        var taken = parser.Current as T ?? throw Unreadable(parser.Current!, "Found text that is not YAML.", "Correct the indentation or the quotes there.");
        parser.MoveNext();
        return taken;
    }

    private static UnreadableYamlException Unreadable(ParsingEvent at, string message, string remedy) => new((int)at.Start.Line, (int)at.Start.Column, message, remedy);
}
