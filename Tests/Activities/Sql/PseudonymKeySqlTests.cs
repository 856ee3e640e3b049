using System.Security.Cryptography;
using System.Text;

namespace Stedi.Temporal.Activities.Tests.Sql;

public sealed class PseudonymKeySqlTests(LocalLakes lakes)
{
    [Fact]
    public async Task Measure_WithOneKey_ReturnsItsLengthAndFingerprintOnly()
    {
        const string Key = "sixteen bytes ok";
        var fingerprint = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), "stedi pseudonym key"u8));

        (await RowsAsync($"('{Key}')")).ShouldBe([$"1|16|{fingerprint}"]);
    }

    [Theory]
    [InlineData("('fifteen bytes..')", "1|15|NULL")]
    [InlineData("('')", "1|0|NULL")]
    [InlineData("('                ')", "1|0|NULL")]
    [InlineData("(CAST(NULL AS varchar))", "1|0|NULL")]
    [InlineData("('sixteen bytes ok'), ('another key of more bytes')", "2|16|NULL")]
    public async Task Measure_WithAnUnusableKey_ReturnsNoFingerprint(string values, string expected) => (await RowsAsync(values)).ShouldBe([expected]);

    [Fact]
    public async Task Measure_WithoutAKey_CountsNone() => (await RowsAsync("('x')", " WHERE 1 = 0")).ShouldBe(["0|0|NULL"]);

    private Task<IReadOnlyList<string>> RowsAsync(string values, string where = "") => new SqlFile(lakes, "Pseudonyms/pseudonym_key.sql")
        .Set("pseudonym_key", $"(SELECT key FROM (VALUES {values}) AS k (key){where})")
        .Set("minimum_bytes", "16")
        .RowsAsync("keys", "bytes", "fingerprint");
}
