namespace Assay;

/// <summary>Says that runs of earlier code are left out.</summary>
public static class EarlierRuns
{
    /// <summary>A sentence with the number of runs that are left out, and how they are included.</summary>
    /// <param name="count">The number of runs.</param>
    /// <param name="option">The option that includes them, as the reader writes it.</param>
    public static string LeftOut(int count, string option) =>
        $"{Plural.Of(count, "run")} of earlier code or another context left out; {option} includes {Plural.Form(count, "it", "them")}.";
}
