using System.Text.Json;
using System.Text.Json.Serialization;
using RetailLake.Core.Runs;
using Spectre.Console;

namespace RetailLake.Cli;

/// <summary>Where a command writes: this process's terminal, or the client's that forwarded it.</summary>
internal sealed class Terminal
{
    private const int WideEnough = 500;

    private static readonly JsonSerializerOptions Json = new(LakeJson.Options) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <param name="width">Columns; 0 when nobody looks: plain lines then, never wrapped.</param>
    /// <param name="folder">Relative paths of the arguments start here.</param>
    public Terminal(TextWriter output, TextWriter error, int width, string folder)
    {
        Out = output;
        Error = error;
        Folder = folder;
        IsInteractive = width > 0;
        Console = Create(output, width);
        Notes = Create(error, width);
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    public string Folder { get; }

    public bool IsInteractive { get; }

    /// <summary>Answers.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Progress and remarks, on standard error: with --json nothing else is on standard output.</summary>
    public IAnsiConsole Notes { get; }

    public static Terminal OfProcess() => new(
        System.Console.Out, System.Console.Error, System.Console.IsOutputRedirected || System.Console.IsErrorRedirected ? 0 : Math.Max(System.Console.WindowWidth, 60),
        Environment.CurrentDirectory);

    public string Resolve(string path) => Path.GetFullPath(path, Folder);

    public void WriteJson(object value) => Out.WriteLine(JsonSerializer.Serialize(value, Json));

    public void Line(string text) => Out.WriteLine(text);

    public void Note(string text) => Error.WriteLine(text);

    private static IAnsiConsole Create(TextWriter writer, int width)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = width > 0 ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = width > 0 ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width > 0 ? width : WideEnough;
        return console;
    }
}
