namespace RetailLake.Local.Running;

public enum HostMode
{
    /// <summary>Look only: nothing is resumed, migrated or delivered.</summary>
    Reading,

    /// <summary>Do work: the warehouse is migrated, the journal resumed, undelivered events delivered again.</summary>
    Working,
}
