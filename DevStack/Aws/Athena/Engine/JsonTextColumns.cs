using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Glue;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Knows the text columns of tables over JSON files.</summary>
internal sealed class JsonTextColumns(GlueCatalog catalog)
{
    public bool Contains(TableReference reference, string column) =>
        catalog.FindTable(reference.Database, reference.Table) is { } document && new CatalogTable(document) is { IsView: false } table &&
        table.Serde.EndsWith("JsonSerDe", StringComparison.Ordinal) && table.Columns.Any(c => c.Name == column && c.HiveType == "string");
}
