namespace RetailLake.Local.Servers;

/// <summary>A private server could not be fetched, started or reached; nothing outside its own folder was touched.</summary>
public sealed class ServerException(string message, Exception? inner = null) : Exception(message, inner);
