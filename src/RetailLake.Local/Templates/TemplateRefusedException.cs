using RetailLake.Core.Errors;

namespace RetailLake.Local.Templates;

/// <summary>The template, or a workflow it points to, asks for something this machine cannot run as AWS would.</summary>
public sealed class TemplateRefusedException(string found, string remedy) : LakeException(found, "Nothing was started.", remedy);
