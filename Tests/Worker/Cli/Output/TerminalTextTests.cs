using Stedi.Temporal.Worker.Cli.Output;

namespace Stedi.Temporal.Worker.Tests.Cli.Output;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("""{"email":"ä\u00e4 日本 🙂"}""", """{"email":"ä\u00e4 日本 🙂"}""")]
    [InlineData("a\e[31mb", @"a\u{1B}[31mb")]
    [InlineData("a\tb\r\nc\0", @"a\u{09}b\u{0D}\u{0A}c\u{00}")]
    [InlineData("a\u009b31m", @"a\u{9B}31m")]
    [InlineData("\u202Eabc\u2066\uFEFF", @"\u{202E}abc\u{2066}\u{FEFF}")]
    [InlineData("a\u2028b\u2029c", @"a\u{2028}b\u{2029}c")]
    [InlineData("\U000E0041x", @"\u{E0041}x")]
    [InlineData("\uFFFD", "\uFFFD")]
    public void Escape_OfAnyText_LeavesNothingThatATerminalActsOn(string text, string expected) => TerminalText.Escape(text).ShouldBe(expected);

    [Fact]
    public void Escape_OfABrokenSurrogate_ShowsIt() => TerminalText.Escape("a" + (char)0xD83D + "b").ShouldBe(@"a\u{D83D}b");
}
