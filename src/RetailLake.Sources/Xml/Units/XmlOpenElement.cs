namespace RetailLake.Sources.Xml.Units;

/// <summary>An element that is open now and that the plan knows.</summary>
internal struct XmlOpenElement
{
    /// <summary>Its own, or the one around it.</summary>
    public int Frame;

    /// <summary>Conditions on attributes that hold.</summary>
    public uint Mask;

    /// <summary>Of its own frame; without one it means nothing.</summary>
    public int FirstSlot;

    /// <summary>Bits of the captures that take its text.</summary>
    public uint Wanted;
    public int TextStart;
    public int TextEnd;

    /// <summary>Around units: where its own part of the store begins.</summary>
    public (int Frames, int Slots, int Bytes) Mark;

    /// <summary>Bytes of its part are values of an element further out.</summary>
    public bool KeepsBytes;
}
