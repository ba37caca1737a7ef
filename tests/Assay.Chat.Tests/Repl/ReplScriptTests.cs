namespace Assay.Chat.Tests;

/// <summary>Every command, through scripts.</summary>
public class ReplScriptTests
{
    [Fact]
    public void Help_lists_every_command_and_the_queries()
    {
        using var scripts = new ReplScripts();
        (int code, string text) = scripts.Run("help");
        Assert.Equal(0, code);
        Assert.Equal(text, scripts.Run("h").Text.Replace("> h\n", "> help\n", StringComparison.Ordinal));
        Assert.Equal(text, scripts.Run("?").Text.Replace("> ?\n", "> help\n", StringComparison.Ordinal));
        Approved.Matches("help", text);
    }

    [Fact]
    public void Runs_are_made_rerun_counted_and_explained()
    {
        using var scripts = new ReplScripts();
        (int code, string text) = scripts.Run(
            "# a comment", "", "ls", "status", "run sums:0", "run_n 2", "ls", "s", "errors", "ls s:fail", "rerun_fails 3", "ls", "status",
            "errors", "cost", "exit", "ls");
        Assert.Equal(0, code);
        Assert.Equal(6, scripts.Client.Calls);
        Approved.Matches("runs", text);
    }

    [Fact]
    public void Queries_narrow_the_last_list()
    {
        using var scripts = new ReplScripts();
        Approved.Matches("queries", scripts.Run(
            "run_n 8", "ls s:complete", "ls a:[1-2]", "ls a:1", "ls", "ls r:FAIL|:0$", "ls *", "ls sums:4", "ls",
            "ls w:'metrics.score < 1'", "ls", "ls w:'A >= 1 and status = failed'", "ls", "ls nothing", "ls").Text);
    }

    [Fact]
    public void A_bad_argument_is_a_message_and_the_script_goes_on()
    {
        using var scripts = new ReplScripts();
        string[] bad =
        [
            "run_n", "run_n abc", "run_n 0", "run_n -3", "run_n 1.5", "ls foo bar", "ls r:[", "ls a:99", "ls s:done", "ls \"open", "ls w:x",
            "ls w:'x > 1'", "nonsense", "LS", "run", "run nothing", "run sums:99", "detail", "detail 99", "stop", "stop nothing", "load",
            "load FOLDER/missing.json", "save", "save FOLDER/no/such/folder/x.json", "diff 0", "diff 0 *", "edit", "edit color red *",
            "edit temperature hot *", "edit max_tokens 1.5 *", "edit seed x *", "edit system x nothing", "score", "export FOLDER/x.csv",
            "report FOLDER/x.html", "rerun_fails", "rerun_fails x", "status now", "cost now", "errors a b", "clear_runs now",
        ];
        (int code, string text) = scripts.Run([.. bad, "s"]);
        Assert.Equal(1, code);
        Assert.Equal(bad.Length, text.Split('\n').Count(line => line.StartsWith("error: ", StringComparison.Ordinal)));
        Assert.EndsWith("0 of 5 runs complete (0 %), 0 failed, 0 incomplete, 5 ready\n", text, StringComparison.Ordinal);
        Approved.Matches("bad-arguments", text);
    }

    [Fact]
    public void Runs_are_examined_edited_scored_and_compared()
    {
        using var scripts = new ReplScripts();
        (int code, string text) = scripts.Run(
            "run_n 8", "detail sums:2", "detail 3", "diff sums:0 sums:2", "diff 1 1", "edit system 'Add them, \"carefully\"' sums:0 sums:1",
            "edit temperature 0.5 sums:0", "ls", "run_n 8 s:ready", "detail sums:0", "score", "stop sums:0",
            "cancel_run_n", "clear");
        Assert.Equal(0, code);
        // Five runs, and two with other messages; the evaluation of four asked for nothing.
        Assert.Equal(7, scripts.Client.Calls);
        Approved.Matches("examine", text);
    }

    [Fact]
    public void Tables_and_reports_are_written()
    {
        using var scripts = new ReplScripts();
        (int code, string text) = scripts.Run(
            "run_n 8", "ls s:complete", "export FOLDER/runs.csv *", "report FOLDER/runs.html", "report FOLDER/x.txt");
        Assert.Equal(1, code);
        Assert.Equal(5, File.ReadAllLines(scripts.File("runs.csv")).Length);
        Assert.Contains("score", File.ReadAllText(scripts.File("runs.html")), StringComparison.Ordinal);
        Approved.Matches("files", text);
    }

    [Fact]
    public void An_interrupt_ends_a_script_with_130_and_keeps_finished_runs()
    {
        using var folder = new TempFolder();
        using (TestProgram program = TestProgram.Start(folder.Path, "repl", folder.File("store"), "1,-1"))
        {
            program.WriteLine("run numbers:0");
            program.ReadUntil("run: 1 of 1 run ended");
            program.WriteLine("run *");
            program.ReadUntil("> run *");
            program.Signal("INT");
            program.ReadUntil("run: 0 of 1 run ended: 0 complete, 0 failed; 1 not made.");
            Assert.Equal(130, program.WaitForEnd());
        }

        (int code, string text, _) = TestProgram.Run(folder.Path, "repl", folder.File("store"), "1,-1", "status");
        Assert.Equal((0, "1 of 2 runs complete (50 %), 0 failed, 0 incomplete, 1 ready\n1 correct, 0 incorrect, 1 with neither\n"),
            (code, text));
    }

    [Fact]
    public void Arguments_of_the_program_are_commands()
    {
        using var scripts = new ReplScripts();
        (int code, string text) = scripts.Execute("run_n", "8", "r:[0-3]$", ";", "save", "FOLDER/a file.json", ";", "s");
        Assert.Equal(0, code);
        Assert.True(File.Exists(scripts.File("a file.json")));
        Assert.EndsWith("3 of 5 runs complete (60 %), 1 failed, 0 incomplete, 1 ready\n2 correct, 1 incorrect, 2 with neither\n", text,
            StringComparison.Ordinal);
        Assert.Equal(1, scripts.Execute("run_n", "many").Code);
        Assert.Equal((0, ""), scripts.Execute("exit", ";", "nonsense"));
    }
}
