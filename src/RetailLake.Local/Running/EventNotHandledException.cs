namespace RetailLake.Local.Running;

/// <summary>A target of an event failed; whoever raised the event raises it again, as EventBridge does.</summary>
public sealed class EventNotHandledException(string message) : Exception(message);
