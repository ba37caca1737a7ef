namespace Assay.Questions;

/// <summary>Checks a whole store and changes nothing.</summary>
internal static class StoreCheck
{
    /// <exception cref="StoreException">There is no store, or it is of a newer format, whose rules are unknown here.</exception>
    public static DoctorReport Run(string? path, TimeProvider clock)
    {
        StorageBackend storage = StoreLocation.Open(path);
        var findings = new Findings();
        Description(storage, findings);
        var uses = new ArtifactUses();
        IReadOnlyList<JournalRef> journals = JournalRef.All(storage, JournalArea.Runs);
        var done = new CheckedCounts { Journals = journals.Count };
        var open = new OpenAttempts();
        if (storage is FileStorage { Layout: var layout })
        {
            foreach (string special in layout.SpecialFiles()) findings.Special(special);
        }

        var annotations = RunAnnotations.Read(storage);
        long said = new AnnotationCheck(storage, findings).Run();
        foreach (JournalRef journal in journals)
        {
            bool writerLives = storage.IsLeased(JournalInfo.WriterOf(journal.Name), clock);
            var check = new JournalCheck(journal, writerLives, findings, uses, annotations);
            check.Run();
            open.Add(journal.Location, check.Open);
            done = done with { Lines = done.Lines + check.Lines, Attempts = done.Attempts + check.Attempts, Bytes = done.Bytes + check.Bytes };
        }

        open.Report(journals, findings);
        var artifacts = new ArtifactCheck(storage, findings, uses);
        artifacts.Run();
        if (storage is FileStorage files) new LeftoverCheck(files.Layout, clock, findings).Run();
        done = done with { Annotations = said, Artifacts = artifacts.Artifacts, Bytes = done.Bytes + artifacts.Bytes };
        return new DoctorReport(storage.Address, findings.Problems == 0, findings.Problems, findings.Notes, done, findings.Listed, findings.Omitted);
    }

    // Other commands need a sound description; the doctor goes on to what is beside it.
    private static void Description(StorageBackend storage, Findings findings)
    {
        string? place = storage is FileStorage { Layout: var layout } ? layout.Description : null;
        try
        {
            int? format = StoreDescription.ReadFormat(storage);
            if (format > StoreDescription.Format) throw StoreFaults.Newer(storage.Address, format.Value, StoreDescription.Format);
            if (format is not null) return;
        }
        catch (StoreException fault) when (fault.InnerException is null && storage.ListJournals(JournalArea.Runs).Count > 0 && fault.Message.StartsWith("the description", StringComparison.Ordinal))
        {
            findings.Add(new Finding(Finding.Problem, FindingKinds.StoreDescription, fault.Message) { File = place });
            return;
        }

        if (storage.ListJournals(JournalArea.Runs).Count == 0) throw StoreFaults.Missing(storage.Address);
        findings.Add(new Finding(Finding.Problem, FindingKinds.StoreDescription,
            $"is missing, so other commands see no store here. Restore it with the text {{\"format\":{StoreDescription.Format}}}.")
        { File = place });
    }
}
