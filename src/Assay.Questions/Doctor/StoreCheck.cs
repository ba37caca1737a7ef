namespace Assay.Questions;

/// <summary>Checks a whole store and changes nothing.</summary>
internal static class StoreCheck
{
    /// <exception cref="StoreException">There is no store, or it is of a newer format, whose rules are unknown here.</exception>
    public static DoctorReport Run(string? path, TimeProvider clock)
    {
        var layout = new StoreLayout(StoreLocation.Resolve(path));
        var findings = new Findings();
        Description(layout, findings);
        var uses = new ArtifactUses();
        IReadOnlyList<string> journals = layout.AllJournals();
        var done = new CheckedCounts { Journals = journals.Count };
        var open = new OpenAttempts();
        foreach (string special in layout.SpecialFiles()) findings.Special(special);
        var annotations = RunAnnotations.Read(layout);
        long said = new AnnotationCheck(layout, findings).Run();
        foreach (string journal in journals)
        {
            bool writerLives = StoreLock.IsHeld(layout.WriterLock(StoreLayout.WriterOf(journal)), clock);
            var check = new JournalCheck(journal, writerLives, findings, uses, annotations);
            check.Run();
            open.Add(journal, check.Open);
            done =
                done with { Lines = done.Lines + check.Lines, Attempts = done.Attempts + check.Attempts, Bytes = done.Bytes + check.Bytes };
        }

        open.Report(journals, findings);
        var artifacts = new ArtifactCheck(layout, findings, uses);
        artifacts.Run();
        new LeftoverCheck(layout, clock, findings).Run();
        done = done with { Annotations = said, Artifacts = artifacts.Artifacts, Bytes = done.Bytes + artifacts.Bytes };
        return new DoctorReport(
            layout.Root, findings.Problems == 0, findings.Problems, findings.Notes, done, findings.Listed, findings.Omitted);
    }

    // Other commands need a sound description; the doctor goes on to what is beside it.
    private static void Description(StoreLayout layout, Findings findings)
    {
        if (!File.Exists(layout.Description))
        {
            if (layout.AllJournals().Count == 0) throw StoreFaults.Missing(layout.Root);
            findings.Add(new Finding(Finding.Problem, FindingKinds.StoreDescription,
                $"is missing, so other commands see no store here. Restore it with the text {{\"format\":{StoreDescription.Format}}}.")
            { File = layout.Description });
            return;
        }

        if (Format(layout, findings) is { } format and > StoreDescription.Format)
            throw StoreFaults.Newer(layout.Root, format, StoreDescription.Format);
    }

    private static int? Format(StoreLayout layout, Findings findings)
    {
        try
        {
            return StoreDescription.Read(layout.Description);
        }
        catch (StoreException fault)
        {
            findings.Add(new Finding(Finding.Problem, FindingKinds.StoreDescription, fault.Message) { File = layout.Description });
            return null;
        }
    }
}
