namespace Assay.Chat.Tests;

/// <summary>The prompt in a real terminal.</summary>
public class ReplTerminalTests
{
    [Fact]
    public void Runs_go_on_beside_a_prompt_that_stays_usable_until_ctrl_c_cancels_them()
    {
        using var screen = new Screen("1,2,-1,3");
        screen.Until("doubling, 4 runs. 'help' lists the commands.");
        screen.UntilLastLine(">");
        screen.Enter("run_n 2");
        // Three end beside the one that never does: as one ends, the next starts.
        screen.UntilLastLine("[3/4] >");
        screen.Type("stat");
        screen.UntilLastLine("[3/4] > stat");
        screen.Enter("us");
        screen.Until("3 of 4 runs complete (75 %), 0 failed, 1 incomplete, 0 ready");
        screen.Enter("run_n 1");
        screen.Until("error: run_n has to wait, because run_n is under way (3/4)");
        screen.Type("half a li");
        screen.UntilLastLine("[3/4] > half a li");
        screen.Press("C-c");
        screen.Until("^C run_n is cancelled; finished runs are kept.");
        screen.Until("run_n: 3 of 4 runs ended: 3 complete, 0 failed; 1 not made.");
        screen.UntilLastLine(">");
        screen.Enter("ls s:ready");
        screen.Until("numbers:2");
        screen.Press("C-c");
        screen.Until("nothing runs; 'exit' or Ctrl-D leaves.");
        screen.Enter("exit");
        screen.Until("left with 0");
    }

    [Fact]
    public void A_run_is_stopped_and_has_failed()
    {
        using var screen = new Screen("-1,1");
        screen.UntilLastLine(">");
        screen.Enter("run *");
        screen.UntilLastLine("[1/2] >");
        screen.Enter("stop numbers:0");
        screen.Until("run: 2 of 2 runs ended: 1 complete, 1 failed (stopped 1).");
        screen.Enter("errors");
        screen.Until("the run was stopped on request");
        screen.Enter("rerun_fails");
        screen.Until("rerun_fails: 1 run in the background");
        screen.Enter("quit");
        screen.Until("rerun_fails is cancelled; finished runs are kept.");
        screen.Until("left with 0");
    }

    [Fact]
    public void Lines_are_edited_completed_and_recalled_in_a_window_of_any_width()
    {
        using var screen = new Screen("1,2,3");
        screen.UntilLastLine(">");
        screen.Type("stz");
        screen.Press("BSpace", "Tab");
        screen.UntilLastLine("> st");
        screen.Type("a");
        screen.Press("Tab");
        screen.UntilLastLine("> status");
        screen.Press("Enter");
        screen.Until("0 of 3 runs complete");
        screen.Press("Up", "Home");
        screen.Type("x");
        screen.UntilLastLine("> xstatus");
        screen.Press("C-u", "C-k");
        screen.UntilLastLine(">");
        string longLine = "ls " + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 10}"));
        screen.Type(longLine);
        screen.UntilLastLine("> " + longLine);
        screen.Resize(40, 10);
        screen.Type("x");
        screen.Until(text => text.EndsWith("456789x", StringComparison.Ordinal) && text.Split('\n').All(line => line.Length <= 40),
            "the end of the line");
        screen.Press("C-u");
        screen.UntilLastLine(">");
        screen.Enter("help");
        screen.Until("Single or double quotes");
        screen.UntilLastLine(">");
        screen.Enter("c");
        screen.Until(text => text == ">", "an empty screen");
        screen.Press("C-d");
        screen.Until("left with 0");
    }
}
