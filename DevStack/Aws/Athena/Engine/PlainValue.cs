namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>What the values of a key must look like for DuckDB's own JSON reader to take them as Athena does.</summary>
internal enum PlainValue
{
    /// <summary>Nobody reads it: any text, number or null.</summary>
    Any,

    /// <summary>Text without an escape, or null.</summary>
    Text,

    /// <summary>Digits that fit an integer column whatever they are, or null.</summary>
    Integer,

    /// <summary>Digits that fit a bigint column whatever they are, or null.</summary>
    BigInt,

    /// <summary>Digits with or without a fraction and without an exponent, or null.</summary>
    Double,
}
