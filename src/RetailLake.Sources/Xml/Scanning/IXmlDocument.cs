namespace RetailLake.Sources.Xml.Scanning;

/// <summary>One document as the events that <see cref="Units.XmlUnits"/> takes.</summary>
internal interface IXmlDocument : IDisposable
{
    /// <summary>Reads to the end of the next unit.</summary>
    /// <returns>False: the document has ended, and was well-formed to its end.</returns>
    bool ReadUnit();
}
