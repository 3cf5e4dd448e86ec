namespace RetailLake.Local.Demo.Files;

/// <summary>Names and numbers of cashiers, drivers, guards and customers.</summary>
internal static class FilePeople
{
    // A typographer's apostrophe and letters with diacritics: one byte each in windows-1252, and other bytes in UTF-8.
    private static readonly string[] Accented = ["Zoë D’Souza", "José Fernandes", "Renée Pinto", "François Appavou"];

    public static FileText[] Latin { get; } = FileText.All(Accented.Concat(People.First.SelectMany((first, index) =>
        Enumerable.Range(0, 6).Select(step => $"{first} {People.Last[(index * 7 + step * 5) % People.Last.Length]}"))));

    public static FileText[] Native { get; } = FileText.All(People.Native);

    public static FileText[] Handles { get; } = FileText.All(People.Handles);

    public static FileText[] First { get; } = FileText.All(People.First.Select(name => name.ToLowerInvariant()));

    public static FileText Any(ref Draw draw) => draw.Percent(9) ? draw.Of(Native) : draw.Of(Latin);

    /// <summary>A mobile number in the forms that counters key; sometimes none, sometimes the dummy that stands for none.</summary>
    public static FileWriter Mobile(this FileWriter to, ref Draw draw)
    {
        var number = 6_000_000_000 + (long)(draw.Next() % 3_900_000_000);
        return draw.Below(20) switch
        {
            0 => to,
            1 => to.Raw("9999999999"u8),
            2 or 3 => to.Raw("0"u8).Number(number),
            4 or 5 => to.Raw("+91"u8).Number(number),
            6 => to.Number(number / 100_000).Raw(" "u8).Digits(number, 5),
            _ => to.Number(number),
        };
    }
}
