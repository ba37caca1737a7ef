using System.Runtime.CompilerServices;

namespace Assay.Cli.Tests;

/// <summary>
/// A store that version 0.1.0 wrote, before its code was split into projects: <c>tests/fixtures/store-1</c>. Every later version gives the
/// answers that version gave,
/// which stand in <c>tests/fixtures/answers</c>; <c>answers.txt</c> names the command of each.
/// </summary>
public sealed class KeptStoreTests
{
    public static IEnumerable<object[]> Commands =>
        File.ReadLines(Path.Combine(Fixtures(), "answers.txt")).Select(line => line.Split(" = ", 2));

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_store_of_an_earlier_version_gives_the_same_answers(string name, string command)
    {
        using var copy = new TempFolder();
        string store = Path.Combine(copy.Path, "store");
        Copy(Path.Combine(Fixtures(), "store-1"), store);
        string[] arguments = [
            .. Words(command), .. command.StartsWith("export", StringComparison.Ordinal) ? [] : (string[])["--json"], "--store", store];

        ToolResult result = Tool.Run(arguments).Without(store);

        Assert.Equal("", result.Error);
        Assert.Equal(File.ReadAllText(Path.Combine(Fixtures(), "answers", name + ".txt")), result.Out);
    }

    private static IEnumerable<string> Words(string command) => command.Split('"')
        .SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string Fixtures([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "..", "fixtures");
}
