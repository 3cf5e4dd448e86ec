using System.Text.Encodings.Web;
using System.Text.Json;

namespace RetailLake.StatesLanguage.Journal;

internal static class JournalFormat
{
    /// <summary>Text in a journal is for people too: only what JSON demands is escaped.</summary>
    public static JournalJson Json { get; } = new(
        new JsonSerializerOptions(JournalJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
