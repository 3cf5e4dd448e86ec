using RetailLake.Core.Errors;

namespace RetailLake.Local.Running;

/// <summary>What was asked for does not fit the state of things; nothing was begun.</summary>
public sealed class CommandRefusedException(string found, string became, string remedy) : LakeException(found, became, remedy);
