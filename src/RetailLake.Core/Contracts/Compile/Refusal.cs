namespace RetailLake.Core.Contracts.Compile;

/// <summary>Why a declaration cannot be used, before it is known where it stands.</summary>
internal sealed record Refusal(string Message, string Remedy);
