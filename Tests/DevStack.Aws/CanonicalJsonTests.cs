using System.Text;
using Stedi.DevStack.Aws.Athena.Engine;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>The text of json_parse, as Trino 476 gave it or its JSON library documents it.</summary>
public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("1655564376361", "1655564376361")]
    [InlineData("1655564376361.0", "1.655564376361E12")]
    [InlineData("1.655564376361E12", "1.655564376361E12")]
    [InlineData("1.65529378768e+12", "1.65529378768E12")]
    [InlineData("0.1234567890123456789", "0.12345678901234568")]
    [InlineData("123456789.123456789", "1.2345678912345679E8")]
    [InlineData("1.50", "1.5")]
    [InlineData("0.00001", "1.0E-5")]
    [InlineData("0.001", "0.001")]
    [InlineData("0.0009", "9.0E-4")]
    [InlineData("12345678.0", "1.2345678E7")]
    [InlineData("1234567.5", "1234567.5")]
    [InlineData("9999999.5", "9999999.5")]
    [InlineData("1e3", "1000.0")]
    [InlineData("1E2", "100.0")]
    [InlineData("1000.0", "1000.0")]
    [InlineData("1e400", "\"Infinity\"")]
    [InlineData("-1e400", "\"-Infinity\"")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("0.0", "0.0")]
    [InlineData("4.9e-324", "4.9E-324")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    public void Number_WhenParsed_IsWrittenAsTrinoDoes(string json, string text) => Text(json).ShouldBe(text);

    [Theory]
    [InlineData("{\"b\":1, \"a\":2}", "{\"a\":2,\"b\":1}")]
    [InlineData("{\"a\":1,\"b\":0,\"a\":2}", "{\"a\":2,\"b\":0}")]
    [InlineData("{\"a\":1,\"\\u0061\":null}", "{\"a\":null}")]
    [InlineData(" { \"z\" : { \"k\" : 1 , \"k\" : 2 } , \"A\" : [ ] }\t\r\n", "{\"A\":[],\"z\":{\"k\":2}}")]
    [InlineData("{\"\uE000\":1,\"\U0001F600\":2,\"é\":3,\"a\\\"b\":4,\"a!b\":5}", "{\"a!b\":5,\"a\\\"b\":4,\"é\":3,\"\U0001F600\":2,\"\uE000\":1}")]
    [InlineData("[1 , [ ] , { } , true,false,null, \"\"]", "[1,[],{},true,false,null,\"\"]")]
    [InlineData("{\"a\":1,\"ab\":2,\"\":3}", "{\"\":3,\"a\":1,\"ab\":2}")]
    public void Document_WhenParsed_HasSortedKeysAndTheLastOfEqualOnes(string json, string text) => Text(json).ShouldBe(text);

    [Theory]
    [InlineData("\"\\u0041\\/\\\"\\\\\\b\\f\\n\\r\\t\\u001f\\u0000\"", "\"A/\\\"\\\\\\b\\f\\n\\r\\t\\u001F\\u0000\"")]
    [InlineData("\"x\\ud83dz\"", "\"x?z\"")]
    [InlineData("\"x\\ude00z\"", "\"x?z\"")]
    [InlineData("\"\\ud83d\\ud83d\\ude00\\ud83d\"", "\"?\U0001F600?\"")]
    [InlineData("\"\\ud83d\\n\"", "\"?\\n\"")]
    [InlineData("\"a\u2028\u0085\u007f\uFFFDé\U0001F600\"", "\"a\u2028\u0085\u007f\uFFFDé\U0001F600\"")]
    public void String_WhenParsed_IsDecodedAndEscapedAsTrinoDoes(string json, string text) => Text(json).ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{\"a\":1} x")]
    [InlineData("{\"a\":1}{\"a\":2}")]
    [InlineData("{\"a\":1},")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\"}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{1:1}")]
    [InlineData("NaN")]
    [InlineData("{\"a\":Infinity}")]
    [InlineData("TRUE")]
    [InlineData("truex")]
    [InlineData("nul")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("+5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1_000")]
    [InlineData("0x1F")]
    [InlineData("\"a")]
    [InlineData("\"a\\")]
    [InlineData("\"\\q\"")]
    [InlineData("\"\\x41\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u12")]
    [InlineData("\"\\u12 4\"")]
    [InlineData("\"a\tb\"")]
    [InlineData("\"a\u0001b\"")]
    [InlineData("{\"a\nb\":1}")]
    [InlineData("\uFEFF{}")]
    [InlineData("{}\u0000")]
    [InlineData("{}\u00A0")]
    [InlineData("\u000B{}")]
    [InlineData("[1] // c")]
    [InlineData("/* c */ 1")]
    public void Text_WhenItIsNotOneJsonValue_IsRefused(string json)
    {
        CanonicalJson.TryWrite(Encoding.UTF8.GetBytes(json), new Utf8Buffer()).ShouldBeFalse();
        CanonicalJson.TryWrite(Encoding.UTF8.GetBytes($"[{json}"), new Utf8Buffer()).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(20_000, false)]
    [InlineData(5_000_000, false)]
    public void Nesting_OfMoreThanThousandLevels_IsRefused(int depth, bool isJson)
    {
        CanonicalJson.TryWrite(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)), new Utf8Buffer()).ShouldBe(isJson);
        CanonicalJson.TryWrite(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth)), new Utf8Buffer()).ShouldBe(isJson);
    }

    private static string Text(string json)
    {
        var output = new Utf8Buffer();
        CanonicalJson.TryWrite(Encoding.UTF8.GetBytes(json), output).ShouldBeTrue();
        var text = Encoding.UTF8.GetString(output.Written);
        CanonicalJson.TryWrite(Encoding.UTF8.GetBytes(text), output).ShouldBeTrue();
        Encoding.UTF8.GetString(output.Written).ShouldBe(text, "the text is its own canonical text");
        return text;
    }
}
