using System.Buffers;
using System.Text;

namespace RetailLake.Tests.Failures;

/// <summary>Planted persons, and every form in which one of their values could lie in a file.</summary>
internal sealed class PersonalNeedles
{
    private readonly SearchValues<string> needles;

    public PersonalNeedles(int count, int seed)
    {
        var random = new Random(seed);
        People = [.. Enumerable.Range(0, count).Select(number => (
            Name: $"{Word(random)} {Word(random)}{number}", Phone: $"+917{random.NextInt64(100_000_000, 999_999_999)}", Email: $"{Word(random)}.{Word(random)}{number}@mail.example.in"))];
        needles = SearchValues.Create([.. People.SelectMany(person => new[] { person.Name, person.Phone, person.Phone[3..], person.Email }).SelectMany(Forms).Distinct()], StringComparison.OrdinalIgnoreCase);
    }

    public IReadOnlyList<(string Name, string Phone, string Email)> People { get; }

    /// <returns>The text around the first one, for the message; null when there is none.</returns>
    public string? FindIn(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var at = text.AsSpan().IndexOfAny(needles);
        return at < 0 ? null : text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)];
    }

    /// <summary>Base64 has three alignments inside a longer text; the characters at the edges depend on the neighbours.</summary>
    private static IEnumerable<string> Forms(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        yield return value;
        yield return new string([.. value.Reverse()]);
        yield return Convert.ToHexString(bytes);
        yield return Uri.EscapeDataString(value);
        for (var shift = 0; shift < 3; shift++)
        {
            var base64 = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var inner = base64[(shift == 0 ? 0 : 4)..^(((bytes.Length + shift) % 3) switch { 0 => 0, _ => 4 })];
            yield return inner;
            yield return inner.Replace('+', '-').Replace('/', '_');
        }
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, 7).Select(index => (char)((index == 0 ? 'A' : 'a') + random.Next(26))));
}
