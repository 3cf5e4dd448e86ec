using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Errors;
using RetailLake.StatesLanguage.Paths;
using RetailLake.StatesLanguage.Values;

namespace RetailLake.StatesLanguage.States;

/// <summary>The fields of a Map that only its DISTRIBUTED mode has.</summary>
internal sealed class DistributedOptions
{
    private readonly long? toleratedCount;
    private readonly JsonPath? toleratedCountPath;
    private readonly double? toleratedPercentage;
    private readonly JsonPath? toleratedPercentagePath;

    public DistributedOptions(FieldReader reader, string processorText)
    {
        ProcessorText = processorText;
        Label = reader.Text("Label") ?? Clean(reader.State!);
        if (Label.Length is 0 or > 40 || Clean(Label) != Label)
        {
            reader.Report("Label", $"Found Label '{Label}', expected 1 to 40 letters, digits, '-' and '_'.");
        }

        reader.OneOf(required: false, "ToleratedFailureCount", "ToleratedFailureCountPath");
        reader.OneOf(required: false, "ToleratedFailurePercentage", "ToleratedFailurePercentagePath");
        toleratedCount = reader.Whole("ToleratedFailureCount", 0, int.MaxValue);
        toleratedCountPath = reader.Path("ToleratedFailureCountPath", reference: true);
        toleratedPercentage = reader.Number("ToleratedFailurePercentage", 0, 100);
        toleratedPercentagePath = reader.Path("ToleratedFailurePercentagePath", reference: true);
        Reader = ItemReader.Read(reader);
        Writer = ResultWriter.Read(reader);
    }

    public string ProcessorText { get; }

    public string Label { get; }

    public ItemReader? Reader { get; }

    public ResultWriter? Writer { get; }

    public long? ToleratedCount(Scope scope) => (long?)Number(toleratedCountPath, scope, int.MaxValue) ?? toleratedCount;

    public double? ToleratedPercentage(Scope scope) => Number(toleratedPercentagePath, scope, 100) ?? toleratedPercentage;

    private static double? Number(JsonPath? path, Scope scope, double most)
    {
        if (path is null)
        {
            return null;
        }

        return path.TryEvaluate(scope, out var value) && value.IsNumber() && Payload.Number(value!) is var number && number >= 0 && number <= most
            ? number
            : throw Failures.Runtime($"The path '{path.Text}' of a tolerated failure field does not yield a number from 0 to {most}.");
    }

    private static string Clean(string name)
    {
        var letters = new string([.. name.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')]);
        return letters.Length <= 40 ? letters : letters[..40];
    }
}
