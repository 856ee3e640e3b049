namespace Stedi.Temporal.Worker.Queries;

/// <summary>A column of a query's result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Athena's type, in lower case.</param>
public sealed record QueryColumn(string Name, string Type)
{
    /// <summary>Whether its values are numbers, which line up at the right.</summary>
    public bool IsNumber => IsInteger || Type is "double" or "float" or "real" || Type.StartsWith("decimal", StringComparison.Ordinal);

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsInteger => Type is "tinyint" or "smallint" or "int" or "integer" or "bigint";
}
