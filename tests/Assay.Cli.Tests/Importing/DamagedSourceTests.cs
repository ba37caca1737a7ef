using System.Text;

namespace Assay.Cli.Tests.Importing;

/// <summary>
/// Stores of other systems with damage of any kind: an import never ends with an unexpected exception, tells file and
/// reason of all it cannot read, leaves no journal that doctor objects to, and
/// leaves the source alone. Longer: ASSAY_FUZZ_FILES=10000.
/// </summary>
public sealed class DamagedSourceTests
{
    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("ASSAY_FUZZ_FILES") ?? "60", System.Globalization.CultureInfo.InvariantCulture);

    // What is JSON and yet not what anybody expects at its place.
    private static readonly string[] Odd =
    [
        "null", "true", "-1", "1e400", "0.1e-400", "123456789012345678901234567890", "\"\"", "\"\\ud800\"", "[]", "[[]]", "{}",
        "{\"\\ud800\":1}", "{\"a\":{\"a\":{}}}", "\"NaN\"", "NaN", "-Infinity", "\"2026\"",
        "\"../../etc/passwd\"", "\"\\u0000\"", "[1,[2,NaN]]", "99999999999999999999",
    ];

    [Fact]
    public void A_damaged_store_of_exprag_is_told_and_never_half_imported()
    {
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            using var exprag = new ExpragFixture();
            for (int run = 1; run <= 3; run++)
            {
                exprag.Begin(ExpragFixture.Uuid(run), "demo");
                for (int step = 0; step < 4; step++) exprag.Track(
                    $$"""{"step":{{step}},"x":[1,2.5,"y"]}""", run == 2 ? "note" : null, ExpragFixture.Uuid(run));
            }

            Damage(Directory.GetFiles(Path.Combine(exprag.Root, "runs")), random);
            string before = exprag.SourceSnapshot();
            string[] options = random.Next(2) == 0 ? [] : ["--status", "success"];
            Check(round, exprag.Store, () => exprag.Import(options));
            Assert.Equal(before, exprag.SourceSnapshot());
        }
    }

    [Fact]
    public void A_damaged_store_of_metalab_is_told_and_never_half_imported()
    {
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            using var metalab = MetalabFixture.Make();
            Damage(Directory.GetFiles(metalab.Root, "*", SearchOption.AllDirectories), random);
            string before = ExpragFixture.Files(metalab.Root);
            Check(round, metalab.Store, () => metalab.Import());
            Assert.Equal(before, ExpragFixture.Files(metalab.Root));
        }
    }

    private static void Check(int round, string store, Func<ToolResult> import)
    {
        ToolResult result = import();
        Assert.True(
            result.Exit is 0 or 1 || (
                result.Exit == 2 && result.Error.StartsWith("assay: 'SOURCE' is no store of ", StringComparison.Ordinal)),
            $"round {round}: {result}");
        Assert.False(
            result.Exit == 1 && !result.Out.Contains("\ndamaged\n", StringComparison.Ordinal) && !result.Out.StartsWith(
                "imported 0 runs", StringComparison.Ordinal),
            $"round {round}: {result}");
        if (result.Exit == 2) return;
        ToolResult doctor = Tool.Run("doctor", "--store", store);
        Assert.True(doctor.Exit == 0, $"round {round}: {result}{doctor}");
        string[] runs = [.. Assay.Store.Open(store).LoadAll().Select(Everything)];
        ToolResult again = import();
        Assert.True(again.Out.StartsWith("imported 0 runs", StringComparison.Ordinal), $"round {round}: {result}{again}");
        Assert.Equal(runs, Assay.Store.Open(store).LoadAll().Select(Everything));
    }

    private static string Everything(RunRecord run) =>
        $"{run.Id} {run.Experiment} {run.Status} {run.Attempt} {JsonText.Of(run.Params)} {JsonText.Of(run.Metrics)} "
            + $"{JsonText.Of(run.Metadata)} {string.Join(' ', run.Tracked.Select(t => t.Value.GetRawText()))} " +
        $"{string.Join(' ', run.SeriesNames.SelectMany(n => run.Series(n)))} "
            + $"{string.Join(' ', run.Artifacts.Select(a => $"{a.Name} {a.Sha256}"))} "
            + $"{string.Join(' ', run.Log.Select(l => l.Message))} {run.Error?.Message}";

    private static void Damage(string[] files, Random random)
    {
        Array.Sort(files, StringComparer.Ordinal);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            string file = files[random.Next(files.Length)];
            if (!File.Exists(file)) continue;
            byte[] content = File.ReadAllBytes(file);
            switch (random.Next(9))
            {
                case 0: File.Delete(file); break;
                case 1: File.WriteAllBytes(file, content[..random.Next(content.Length + 1)]); break;
                case 2: File.WriteAllText(file, Odd[random.Next(Odd.Length)]); break;
                case 3:
                    File.Delete(file);
                    Directory.CreateDirectory(file);
                    break;
                case 4:
                    for (int flips = random.Next(1, 20); flips > 0 && content.Length > 0; flips--)
                        content[random.Next(content.Length)] = (byte)random.Next(256);
                    File.WriteAllBytes(file, content);
                    break;
                case 5: File.AppendAllText(file, new string('[', 2000)); break;
                default: File.WriteAllText(file, WithOddValue(Encoding.UTF8.GetString(content), random)); break;
            }
        }
    }

    // Puts something else in the place of a member's value.
    private static string WithOddValue(string text, Random random)
    {
        int[] colons = [.. Enumerable.Range(0, text.Length).Where(i => text[i] == ':' && i > 0 && text[i - 1] == '"')];
        if (colons.Length == 0) return text;
        int start = colons[random.Next(colons.Length)] + 1;
        while (start < text.Length && text[start] == ' ') start++;
        int end = start, depth = 0;
        for (bool inText = false; end < text.Length; end++)
        {
            if (text[end] == '"' && (end == 0 || text[end - 1] != '\\')) inText = !inText;
            if (inText) continue;
            if (text[end] is '{' or '[') depth++;
            if (text[end] is '}' or ']' && --depth < 0) break;
            if (text[end] == ',' && depth == 0) break;
        }

        return text[..start] + Odd[random.Next(Odd.Length)] + text[end..];
    }
}
