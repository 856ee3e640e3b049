using System.Security.Cryptography;
using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Results;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Registers functions that DuckDB lacks. They take and return text, with bytes as hexadecimal digits.</summary>
internal static class ClrFunctions
{
    public static void Register(DuckDBConnection connection, Action throwIfInterrupted)
    {
        connection.RegisterScalarFunction<bool>(ExpressionRules.InterruptionCheck, (result, rows) =>
        {
            throwIfInterrupted();
            for (ulong row = 0; row < rows; row++)
            {
                result.WriteValue(true, row);
            }
        }, new() { IsPureFunction = false });
        connection.RegisterScalarFunction<string, string, string>("clr_hmac_sha256", (arguments, result, rows) =>
        {
            for (ulong row = 0; row < rows; row++)
            {
                result.WriteValue(Hmac(arguments[0].GetValue<string>(row), arguments[1].GetValue<string>(row)), row);
            }
        });
        connection.RegisterScalarFunction<double, string>("clr_double_text", (arguments, result, rows) =>
        {
            for (ulong row = 0; row < rows; row++)
            {
                result.WriteValue(JavaDouble.ToText(arguments[0].GetValue<double>(row)), row);
            }
        });
    }

    private static string Hmac(string data, string key) => Convert.ToHexString(HMACSHA256.HashData(Convert.FromHexString(key), Convert.FromHexString(data)));
}
