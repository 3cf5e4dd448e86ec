using RetailLake.Core.Errors;

namespace RetailLake.Local.Home;

/// <summary>Another process owns the home and cannot take the command.</summary>
public sealed class HomeInUseException(string found, string remedy) : LakeException(found, "Nothing was started.", remedy);
