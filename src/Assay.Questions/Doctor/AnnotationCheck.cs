namespace Assay.Questions;

/// <summary>Checks what was said of runs. A line that cannot be read says nothing; the others count.</summary>
internal sealed class AnnotationCheck(StorageBackend storage, Findings findings)
{
    /// <returns>The number of sound lines.</returns>
    public long Run()
    {
        var reader = new AnnotationReader();
        foreach (JournalRef journal in JournalRef.All(storage, JournalArea.Annotations)) reader.Read(journal);
        foreach (JournalDamage damage in LineNumbers.Of(reader.Damage)) findings.Add(Of(damage));
        return reader.Lines;
    }

    private static Finding Of(JournalDamage damage) => new(
        damage.Torn ? Finding.Note : Finding.Problem, damage.Torn ? FindingKinds.TornLine : FindingKinds.DamagedLine,
        damage.Torn
            ? "the last line is unfinished: whoever wrote it was not told that it is kept."
            : $"{damage.Reason.TrimEnd('.')}. Readers skip the line: what it said of a run does not count.")
    { File = damage.File, Line = damage.Line, ByteOffset = damage.Offset };
}
