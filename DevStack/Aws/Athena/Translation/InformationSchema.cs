namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Athena's <c>information_schema</c> is a view of the Glue catalogue; DuckDB's own of that name stays hidden.</summary>
internal static class InformationSchema
{
    public const string Name = "information_schema";
    public const string View = "glue information_schema";
}
