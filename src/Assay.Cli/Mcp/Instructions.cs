using System.Text;

namespace Assay.Cli.Mcp;

/// <summary>The instructions for clients of the server, made from the tools themselves and the language of conditions.</summary>
internal static class Instructions
{
    public static string Render(IReadOnlyList<Question> tools)
    {
        var text = new StringBuilder("""
            The memory of this project's experiment runs: params, metrics, tracked values, artifacts, logs and the exact code of each. Take
            it when a question is about outcomes.

            1. Overview: list_experiments, then list_runs for the newest runs.
            2. Names before values: list_paths has every value there is, with types and examples. Do not guess names.
            3. Choose: list_runs with where, since, sort and columns; or best_runs (minimize when less is better, by for means over
               replicates); run_stats gives means and deviations of every group.
            4. Look closer: get_run, get_metric_history, get_series for the curves of many runs, select_values, get_artifact.
            5. Explain: compare_runs shows what differs, code included; explain_run what a run's id is made of.

            Every answer shows the store as it is now. Answers are bounded: total, shown, next_cursor and remarks tell what is missing and
            how to get it; read them before drawing conclusions.
            Runs of earlier code are left out unless earlier is set; remarks and earlier_left_out tell how many.
            Only successful runs are ranked unless any_status is set. One run is no evidence: look at replicates. Back numbers with their
            place: run_id, and where given journal and line.
            Real numbers have a point or an exponent; NaN and infinities are the texts "NaN", "Infinity", "-Infinity". Durations are
            milliseconds, times UTC.
            Commands that an answer names are for a shell. The tools, each with the command that answers the same: 
            """);
        text.AppendJoin("; ", tools.Select(t => $"{t.Tool!.Name} = assay {t.Command?.Name ?? t.Tool.Command}"));
        text.Append(".\n\nA run is named by ").Append(RunAddress.ToolForms).Append(".\n\n").Append(ConditionHelp.Names).Append("\n\n")
            .Append(ConditionHelp.Conditions).Append('\n');
        return text.ToString();
    }
}
