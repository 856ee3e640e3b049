using System.Globalization;
using System.Text;
using Stedi.DevStack.Aws.Athena.Engine;

namespace Stedi.DevStack.Aws.Tests;

public sealed class TextNumbersTests
{
    [Fact]
    public void Double_OfAnyPlainDecimal_IsTheNearestOne()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var digits = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => (char)('0' + random.Next(10))));
            var text = (random.Next(2) == 0 ? "-" : "") + digits.Insert(random.Next(digits.Length + 1), random.Next(3) == 0 ? "" : ".");

            TextNumbers.TryDouble(Encoding.ASCII.GetBytes(text), out var value).ShouldBeTrue(text);

            BitConverter.DoubleToInt64Bits(value).ShouldBe(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), text);
        }
    }

    [Theory]
    [InlineData("9223372036854775807", 9223372036854775807L)]
    [InlineData("-9223372036854775808", -9223372036854775808L)]
    [InlineData("000000000000000000000000001", 1L)]
    [InlineData("\u001F+12\t", 12L)]
    [InlineData("０１２", 12L)]
    [InlineData("-١٢", -12L)]
    [InlineData("9223372036854775808", null)]
    [InlineData("1.0", null)]
    [InlineData("\u00A012", null)]
    [InlineData("--5", null)]
    [InlineData("1-", null)]
    [InlineData("-", null)]
    [InlineData("1_0", null)]
    [InlineData("\U0001D7D8", null)]
    public void Bigint_OfUnusualText_IsReadAsJavaDoes(string text, long? expected) =>
        (TextNumbers.TryBigint(Encoding.UTF8.GetBytes(text), out var value) ? value : (long?)null).ShouldBe(expected);

    [Theory]
    [InlineData(" 1e3\n", 1000.0)]
    [InlineData("+.5F", 0.5)]
    [InlineData("-5.d", -5.0)]
    [InlineData("0x1p3", 8.0)]
    [InlineData("-0X1.8P-1", -0.75)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("+Infinity", double.PositiveInfinity)]
    [InlineData("-NaN", double.NaN)]
    [InlineData("--NaN", null)]
    [InlineData("infinity", null)]
    [InlineData("0x1F", null)]
    [InlineData("1_000", null)]
    [InlineData(".", null)]
    [InlineData("-", null)]
    [InlineData("1.2.3", null)]
    [InlineData("1e", null)]
    [InlineData("０.5", null)]
    public void Double_OfUnusualText_IsReadAsJavaDoes(string text, double? expected) =>
        (TextNumbers.TryDouble(Encoding.UTF8.GetBytes(text), out var value) ? value : (double?)null).ShouldBe(expected);
}
