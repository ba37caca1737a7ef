using System.Globalization;

namespace Assay.Tests.Annotations;

/// <summary>Real processes that say things of the same runs at once, and are killed while they do.</summary>
public sealed class ManyAnnotatorsTests : IDisposable
{
    private readonly AnnotatedStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task What_several_processes_say_at_once_is_all_there()
    {
        const int Processes = 4, Notes = 20;
        await _store.RunAsync(head: 3);
        TestProgram[] programs =
        [
            .. Enumerable.Range(0, Processes)
                .Select(p => TestProgram.Start(_store.Around.Around, "keep", "note", _store.Path, $"p{p}", $"{Notes}")),
        ];
        foreach (TestProgram program in programs)
        {
            program.ReadToEnd();
            Assert.Equal(0, program.WaitForEnd());
            program.Dispose();
        }

        IEnumerable<string> written = Enumerable.Range(0, Processes).SelectMany(p => Enumerable.Range(0, Notes).Select(i => $"p{p}-{i}"));
        string[] expected = [.. written.Order(StringComparer.Ordinal)];
        Results all = _store.Store.LoadAll();
        Assert.Equal(expected, all[0].Notes.Select(n => n.Text).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Append("odd").Order(StringComparer.Ordinal), all[1].Tags.Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, Processes).Select(p => $"p{p}-last-1").Prepend("even"), all[2].Tags.Order(StringComparer.Ordinal));
        // Each in the order of its own process.
        for (int p = 0; p < Processes; p++)
        {
            string[][] parts = [.. all[0].Notes.Select(n => n.Text.Split('-')).Where(words => words[0] == $"p{p}")];
            Assert.Equal(Enumerable.Range(0, Notes), parts.Select(words => int.Parse(words[1], CultureInfo.InvariantCulture)));
        }
        Assert.Empty(all.Damage);
    }

    [Fact]
    public async Task A_note_that_was_acknowledged_survives_kill_9_and_none_is_half_there()
    {
        const int Rounds = 12;
        await _store.RunAsync(head: 3);
        var random = new Random(1);
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var possible = new HashSet<string>(StringComparer.Ordinal);
        for (int round = 0; round < Rounds; round++)
        {
            using TestProgram program = TestProgram.Start(_store.Around.Around, "keep", "note", _store.Path, $"r{round}", "1000000");
            int last = random.Next(1, 20);
            for (int seen = 0; program.ReadLine() is { } line;)
            {
                if (!line.StartsWith("ack ", StringComparison.Ordinal) || line[^1] != '.') continue;
                acknowledged.Add(line[4..^1]);
                if (++seen == last) program.Kill();
            }

            // It may have been killed between keeping a note and saying so.
            for (int i = 0; i < 1000; i++) possible.Add($"r{round}-{i}");
            Results all = _store.Store.LoadAll();
            string[] notes = [.. all[0].Notes.Select(n => n.Text)];
            Assert.Empty(acknowledged.Except(notes));
            Assert.Empty(notes.Except(possible));
            Assert.Empty(all.Damage);
        }
    }
}
