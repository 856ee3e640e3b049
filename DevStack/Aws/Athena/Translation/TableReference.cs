namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>A catalogue table that a query reads; names in lower case.</summary>
internal sealed record TableReference(string Database, string Table);
