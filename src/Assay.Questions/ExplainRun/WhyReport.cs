namespace Assay.Questions;

/// <summary>What a run's id is made of, how often it was run, and what sets it apart from another.</summary>
internal sealed record WhyReport(
    string Store, RunMakeup Run, IReadOnlyList<AttemptInfo> Attempts, RunComparison? Compared, IReadOnlyList<string> Answer) : Report
{
    public static WhyReport Of(Store store, RunRecord run, (RunRecord Run, string Why)? other)
    {
        IReadOnlyList<AttemptInfo> attempts = run.ReadAttempts();
        RunComparison? compared = other is { } o ? RunComparison.Of(run, o.Run, o.Why) : null;
        var makeup = RunMakeup.Of(run, run.ReadSession());
        return new WhyReport(store.Path, makeup, attempts, compared, [.. WhyAnswer.Of(run, attempts, compared)]);
    }
}

/// <summary>The answer in sentences: why the run was run again, and why another run is not used in its place.</summary>
internal static class WhyAnswer
{
    public static IEnumerable<string> Of(RunRecord run, IReadOnlyList<AttemptInfo> attempts, RunComparison? compared)
    {
        if (attempts.Count > 1) yield return Attempts(run, attempts);
        if (RunMakeup.IsAlone(run))
        {
            foreach (string sentence in Alone(run, compared)) yield return sentence;
            yield break;
        }

        if (run.Status is not (RunStatus.Success or RunStatus.Running))
            yield return $"The run stands as {RunStatusText.Text(run.Status)}: only success counts as finished, "
                + "so it is run again on resume.";
        if (compared is null)
        {
            yield return $"No other run of '{run.Experiment}' has these params and this seed, and no other session ran it: "
                + "there is nothing to compare with.";
            yield break;
        }

        if (compared.With.RunId == run.Id)
        {
            yield return "Nothing differs: it is the same run.";
            yield break;
        }

        if (compared.With.Alone)
        {
            yield return $"Run {compared.With.RunId} stands alone: its id was drawn when it started, "
                + "and no run is used in the place of another there.";
            yield break;
        }

        if (compared.Parts.Count == 0)
        {
            yield return "Nothing that makes up the ids differs as far as the store tells, although the ids do: "
                + "their session lines or run lines are incomplete. 'assay doctor' at a shell checks them.";
            yield break;
        }

        yield return $"The ids differ because of: {string.Join(", ", compared.Parts)}. "
            + "A finished run is used again only where experiment, version, params, seed, context and code are all the same.";
        if (Unexplained(compared) is { Length: > 0 } unexplained) yield return unexplained;
        if (compared.Build is { } build)
            yield return $"Git says that both are of the same source, commit {run.Git["commit"]} without anything else, "
                + $"so the build made the difference: {build}.";
        if (compared.Parts is ["code"])
            yield return "Only the code differs: with the option AcceptEarlierCode runs of earlier code count as finished.";
    }

    // A lone run has no plan that would resume it, and no other run is used in its place.
    private static IEnumerable<string> Alone(RunRecord run, RunComparison? compared)
    {
        yield return "The run stands alone, outside of any experiment: its id was drawn when it started, "
            + "and each start of its program makes a run with another id.";
        if (run.Status == RunStatus.Interrupted)
            yield return "It is interrupted because its program ended without disposing it, killed perhaps. "
                + "What it had recorded until then is there; nothing resumes it, so whoever needs it whole starts the program again.";
        if (run.Status is RunStatus.Failed or RunStatus.Cancelled)
            yield return $"It stands as {RunStatusText.Text(run.Status)}, and nothing runs it again: "
                + "whoever needs it starts the program again.";
        if (compared is null) yield return $"No other run is called '{run.Experiment}': there is nothing to compare with.";
        else if (compared.With.RunId == run.Id) yield return "Nothing differs: it is the same run.";
        else yield return compared.Changes.Count == 0
            ? "The two have the same name and params; what they tracked and their metadata may differ."
            : "What differs in name and params is listed; no id is made of it.";
    }

    private static string Attempts(RunRecord run, IReadOnlyList<AttemptInfo> attempts)
    {
        string Text(AttemptInfo attempt) => attempt.Status switch
        {
            AttemptInfo.Unfinished when run.Status == RunStatus.Running && attempt == attempts[^1] => "is running",
            AttemptInfo.Unfinished => "was interrupted",
            "success" => "succeeded",
            "cancelled" => "was cancelled",
            _ => attempt.Status,
        };
        bool onRequest = attempts.SkipLast(1).Any(a => a.Status == "success");
        return $"It was run {attempts.Count} times: {string.Join(", ", attempts.Select(a => $"attempt {a.Attempt} {Text(a)}"))}." +
               (onRequest ? " A success was run again on request (Resume)." : "");
    }

    // A fingerprint can differ where the recorded values look the same: file contents and types count, and stand there only in part.
    private static string Unexplained(RunComparison compared)
    {
        string[] silent = [.. compared.Parts.Where(part => part is "params" or "context" && compared.Changes.All(c => c.Part != part))];
        var sentences = new List<string>();
        if (silent.Length > 0)
            sentences.Add($"The recorded values of {string.Join(" and ", silent)} look the same: a file's content or a type changed.");
        if (compared.Code is { Known: false })
            sentences.Add("A session line is missing or unreadable, so the members of the code cannot be compared.");
        if (compared.Code is { Known: true, Changed: [], Added: [], Removed: [], Packages: [] })
            sentences.Add("No member differs: the operation has another name or signature.");
        return string.Join(' ', sentences);
    }
}
