using System.Text;

namespace Assay.Cli;

/// <summary>The guide for coding agents, as a SKILL.md; the part about commands comes from the commands themselves.</summary>
internal static class SkillText
{
    public const string Name = "assay";

    /// <summary>How the file begins; a file that begins otherwise is not ours.</summary>
    public const string Beginning = $"---\nname: {Name}\n";

    public static string Render(IReadOnlyList<ToolCommand> commands)
    {
        var text = new StringBuilder(Beginning);
        text.Append(Head).Append(Records).Append(Workflow);
        text.Append("\n## Runs\n\nA run is named by ").Append(RunAddress.Forms)
            .Append(". Within a script take ids: `latest` and `@N` move.\n");
        text.Append("\n## Names of values\n\n").Append(ConditionHelp.Names)
            .Append("\n\n## Conditions\n\n").Append(ConditionHelp.Conditions).Append('\n');
        text.Append("\n## Commands\n\n`assay COMMAND --help` tells every option.\n");
        foreach (ToolCommand command in commands)
        {
            text.Append("\n### `assay ").Append(command.Text.Name).Append("`\n\n").Append(command.Text.Summary).Append(".\n\n```sh\n");
            foreach (string example in command.Text.Examples) text.Append(example).Append('\n');
            text.Append("```\n");
        }

        text.Append("\n## Exit codes\n\n");
        foreach ((int code, string meaning) in ExitCodes.All)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"- {code}: {meaning}\n");
        return text.ToString();
    }

    private const string Head = "description: Answers questions about experiment runs recorded with Assay (a .assay folder) - which run "
        + "was best, what "
        + "changed between runs, metric histories, the exact code of a run. Use it whenever past runs, metrics, hyperparameters "
        + "or results matter." + "\n" + """
        ---

        # Experiment memory

        Runs of this project are recorded in a store, a folder called `.assay` at or above the current one (or where `ASSAY_DIR` points).
        `assay` answers questions about them and leaves
        records and working tree as they are: `checkout` and `replay` put what they make beside the store, and `import` adds runs of other
        systems. Take it when a question is about outcomes: the best run, what changed, how a metric went, which code made a result. Where
        you have
        the tools of `assay mcp` (`list_runs`, `best_runs`, `compare_runs`, …), call them instead: they answer the same, with the same names
        and conditions.

        """;

    private const string Records = """

        ## How records look

        Each journal, `.assay/runs/*.jsonl`, is append-only, a JSON object a line: `schema_version`, `assay_version`, `run_id`,
        `experiment_name`, `kind`, `value`, `created_at` (UTC),
        `elapsed_ms` (since the start of the run), and `note` where the program said what a value means.

        | kind | value |
        |---|---|
        | `session_start` | the program behind the runs of an experiment: host, process, runtime, git, code, plan |
        | `run_start` | params, metadata, tags, seed, fingerprints, git (commit, branch, dirty); for a lone run also host and process |
        | `track` | any value the program tracked |
        | `series` | a block of points of a stepped metric: name, steps, values, time_ms |
        | `row`, `artifact`, `log` | an output row, a stored file or piece of data, a line of the log |
        | `run_end` | status, metrics, duration_ms, error |

        What people say of runs later stands in `.assay/annotations/*.jsonl`, lines of kind `annotation` with the run's id: notes, changes
        of tags, removals.

        A run without `run_end` is running while its writer lives, and interrupted otherwise. NaN and infinities are the texts "NaN",
        "Infinity", "-Infinity". When the code had uncommitted
        changes, `git.commit` is a snapshot that holds them, made on `git.head` of `git.head_branch`.

        """;

    private const string Workflow = """

        ## Workflow

        1. Overview: `assay experiments`, then `assay ls` for the newest runs.
        2. Names before values: `assay paths` lists every value there is, with types and examples. Do not guess names.
        3. Choose: `assay ls --where CONDITION --since 2w --sort NAME:desc --columns NAMES`, or `assay best METRIC` (`--min` when less is
           better, `--by params` for means over replicates); `assay stats EXPERIMENT` gives mean and deviation of every group.
        4. Look closer: `assay show RUN`, `assay history RUN METRIC`, `assay select PATH`; `assay series METRIC --by params` for the curves
           of many runs; `assay get RUN NAME` for an artifact.
        5. Explain: `assay compare A B` shows what differs, code included; `assay why RUN` what a run's id is made of.
        6. Code: `assay diff A B` compares the code of two runs, uncommitted changes included, `assay diff A` that of a run with the working
           tree. `assay checkout RUN` puts it into a worktree of its own.
        7. Trust: `assay replay RUN` makes a run again and tells whether it records the same (exit code 1 when not). It takes as long as the
           run did; ask before you start a long one.
        8. Remember: `assay note RUN TEXT` and `assay tag RUN +TAG -TAG` keep a finding with its run; `notes` and `tags` are names like any
           other.

        - Take `--json` in scripts: documented fields, all digits. Text is for reading and rounds to six digits.
        - Lists are bounded and say so ("20 of 512 runs"): raise `--limit` or narrow the condition before drawing conclusions.
        - Runs of earlier code are left out, and a line says how many: `--earlier` includes them. Do not compare numbers over different code
          without saying so.
        - Only successful runs are ranked unless you ask for `--any-status`; say so when it matters. One run is no evidence: look at
          replicates.
        - Prefer `elapsed_ms` to `created_at` for the time within a run; clocks of machines differ.
        - Read the `note` of a value: it says what the program meant.
        - Only `note`, `tag`, `rm`, `gc` and `import` write to the store. Remove and free nothing unless the user asked for exactly that;
          `rm` can be undone until `gc` has run.
        - Never edit journals. A warning about damaged lines: `assay doctor` tells which.

        ## Citing

        Back every number with its place. `history` and `select` with `--json` give `journal` and `line` of tracked values, `show --json`
        gives `journal.file` with the run's first and
        last line, `start_line` and `end_line`, which hold params and metrics. Cite the run's id, the file and the line, such as
        `.assay/runs/ID.jsonl:7`.

        """;
}
