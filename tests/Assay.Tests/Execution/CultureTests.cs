using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Tests.Execution;

/// <summary>The same program on machines of other languages, in other folders: same ids, same journals, same tables.</summary>
public class CultureTests
{
    private static readonly string[] OwnToASession = ["created_at", "elapsed_ms", "duration_ms", "time_ms", "git", "crc32c"];

    [Theory]
    [InlineData("tr_TR.UTF-8", "tr-TR -1,5")]
    [InlineData("de_DE.UTF-8", "de-DE -1,5")]
    [InlineData("sv_SE.UTF-8", "sv-SE \u22121,5")]
    [InlineData("fa_IR.UTF-8", "fa-IR")]
    public void Ids_journals_and_tables_do_not_depend_on_the_language_of_the_machine_or_the_folder(string locale, string culture)
    {
        using var here = new TempFolder();
        using var there = new TempFolder();
        string[] expected = Run(here, "C"), actual = Run(there, locale);

        // The runtime knows the culture, or this test would show nothing.
        Assert.StartsWith("culture " + culture, actual[0], StringComparison.Ordinal);
        Assert.Equal(36, expected.Length - 1);
        Assert.Equal(expected[1..], actual[1..]);
        Assert.Equal(Lines(here), Lines(there));
        Assert.Equal(File.ReadAllBytes(here.File("rows.csv")), File.ReadAllBytes(there.File("rows.csv")));
    }

    private static string[] Run(TempFolder folder, string locale)
    {
        using TestProgram program = TestProgram.Start(
            folder.Path, new Dictionary<string, string> { ["LC_ALL"] = locale, ["LANG"] = locale }, "culture", folder.File("store"),
                folder.File("rows.csv"));
        string output = program.ReadToEnd();
        Assert.True(program.WaitForEnd() == 0, program.Errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Lines(TempFolder folder) =>
        [.. JournalText.Lines(folder.File("store")).Where(l => l.Kind() != "session_start").Select(Timeless).Order(StringComparer.Ordinal)];

    private static string Timeless(JsonElement line)
    {
        JsonNode node = JsonNode.Parse(line.GetRawText())!;
        foreach (JsonObject part in new[] { node.AsObject(), node["value"]!.AsObject() })
        {
            foreach (string name in OwnToASession) part.Remove(name);
        }

        return node.ToJsonString();
    }
}
