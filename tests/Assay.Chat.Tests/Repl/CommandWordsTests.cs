namespace Assay.Chat.Tests;

[Trait("Category", "Quick")]
public class CommandWordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("ls", "ls")]
    [InlineData("  run_n   8\tr:fail ", "run_n|8|r:fail")]
    [InlineData("ls \"two words\"", "ls|two words")]
    [InlineData("ls 'two words'", "ls|two words")]
    [InlineData("ls w:'a < 1'", "ls|w:a < 1")]
    [InlineData("ls a\"b c\"d", "ls|ab cd")]
    [InlineData("ls \"\"", "ls|")]
    [InlineData("ls \"a \\\" b\"", "ls|a \" b")]
    [InlineData("ls \"a\\\\\"", "ls|a\\")]
    [InlineData("ls r:\\d+\\.txt", "ls|r:\\d+\\.txt")]
    [InlineData("ls 'r:\\d \"x\"'", "ls|r:\\d \"x\"")]
    [InlineData("ls \"it's\"", "ls|it's")]
    public void A_line_is_taken_apart_into_words(string line, string words) =>
        Assert.Equal(words, string.Join('|', CommandWords.Of(line)));

    [Theory]
    [InlineData("ls \"a b", "the quote \" at character 4 is not closed")]
    [InlineData("ls don't", "the quote ' at character 7 is not closed")]
    public void An_open_quote_is_named_with_its_place(string line, string message) =>
        Assert.StartsWith(message, Assert.Throws<AssayException>(() => CommandWords.Of(line)).Message, StringComparison.Ordinal);
}
