using System.Text.Json;

namespace Assay.Journals;

/// <summary>Takes what the lines of runs say while <see cref="JournalParser"/> reads them. What it took counts only when the whole line turns out sound.</summary>
internal interface IRunSink
{
    /// <summary>Where the line has the text of <c>experiment_name</c>, without quotes.</summary>
    void Experiment(int at, int length, bool escaped);

    /// <summary>The value of a run_start or run_end begins.</summary>
    void Begin(JournalKind kind);

    /// <summary>A field of that value; the reader stands at what it holds.</summary>
    /// <returns>Whether it was taken. The reader then stands at the end of what the field holds.</returns>
    bool Take(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader);
}

/// <summary>Takes nothing.</summary>
internal readonly struct NoSink : IRunSink
{
    public void Experiment(int at, int length, bool escaped) { }

    public void Begin(JournalKind kind) { }

    public bool Take(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader) => false;
}
