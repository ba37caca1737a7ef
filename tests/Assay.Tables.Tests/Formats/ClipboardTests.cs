using System.Text;
using Desktop = Assay.Tables.ClipboardTool.Desktop;

namespace Assay.Tables.Tests.Formats;

public sealed class ClipboardTests : IDisposable
{
    private static readonly Table Sample = Table.FromColumns(Column.Of("näme", ["é🧪", "a\tb"]), Column.Of("x", [0.1, double.NaN]));

    private readonly TempFolder _folder = new();
    private readonly string? _display = Environment.GetEnvironmentVariable("DISPLAY");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("DISPLAY", _display);
        _folder.Dispose();
    }

    [DesktopTheory]
    [InlineData("xclip")]
    [InlineData("xsel")]
    public void The_tools_of_a_desktop_take_the_table(string program)
    {
        using var desktop = new XDesktop();
        Environment.SetEnvironmentVariable("DISPLAY", desktop.Display);
        File.CreateSymbolicLink(_folder.File(program), Path.Combine("/usr/bin", program));
        ClipboardTool tool = ClipboardTool.Find(
            Desktop.Unix, name => name == "PATH" ? _folder.Path : Environment.GetEnvironmentVariable(name), out _)!;
        Assert.Equal(_folder.File(program), tool.Path);

        ClipboardCopy.Copy(Sample, tool, RealProcess.Patience);
        const string Expected = "näme\tx\né🧪\t0.1\n\"a\tb\"\tNaN\n";
        Assert.Equal(Expected, desktop.Paste(Expected));
        Table large = Table.FromColumns(Column.Of("i", Enumerable.Range(0, 300_000)));
        ClipboardCopy.Copy(large, tool, RealProcess.Patience);
        Assert.Equal(large.ToText(TableFormat.Tsv), desktop.Paste(large.ToText(TableFormat.Tsv)));
    }

    [DesktopTheory]
    [InlineData("xclip")]
    [InlineData("xsel")]
    public void A_desktop_that_is_gone_is_told_in_the_words_of_the_tool(string program)
    {
        Environment.SetEnvironmentVariable("DISPLAY", ":54321");
        var tool = new ClipboardTool(
            Path.Combine("/usr/bin", program), program == "xsel" ? ["--clipboard", "--input"] : ["-selection", "clipboard", "-in"]);
        string fault = Assert.Throws<TableException>(() => ClipboardCopy.Copy(Sample, tool, RealProcess.Patience)).Message;
        Assert.Contains("display", fault, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("exit code 1", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_desktop_or_a_tool_it_is_told_which_were_looked_for()
    {
        Assert.Equal(
            "There is no clipboard: neither WAYLAND_DISPLAY nor DISPLAY is set, so there is no desktop. Save to a file.",
            FaultOf(Desktop.Unix));
        Assert.StartsWith(
            "There is no program for the clipboard: none of xclip, xsel, clip.exe is on the PATH.", FaultOf(Desktop.Unix, "DISPLAY"),
            StringComparison.Ordinal);
        Assert.Contains(
            "none of wl-copy, xclip, xsel, clip.exe", FaultOf(Desktop.Unix, "DISPLAY", "WAYLAND_DISPLAY"), StringComparison.Ordinal);
        Assert.Contains("none of pbcopy is", FaultOf(Desktop.Mac), StringComparison.Ordinal);
        Assert.Contains("none of clip.exe is", FaultOf(Desktop.Windows), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tool_of_the_desktop_that_is_there_is_taken()
    {
        foreach (string program in new[] { "wl-copy", "xclip", "xsel", "clip.exe", "pbcopy" }) File.WriteAllText(_folder.File(program), "");
        Assert.Equal("wl-copy", Found(Desktop.Unix, "DISPLAY", "WAYLAND_DISPLAY"));
        Assert.Equal("xclip", Found(Desktop.Unix, "DISPLAY"));
        Assert.Equal("clip.exe", Found(Desktop.Unix));
        Assert.Equal("pbcopy", Found(Desktop.Mac));
        Assert.Equal("clip.exe", Found(Desktop.Windows));

        string Found(Desktop desktop, params string[] set) => Path.GetFileName(ClipboardTool.Find(desktop, Environ(set), out _)!.Path);
    }

    [Fact]
    public void The_tool_of_windows_gets_the_encoding_it_knows()
    {
        ClipboardTool tool = Script($"cat > '{_folder.File("pasted")}'") with { TakesUtf16 = true };
        ClipboardCopy.Copy(Sample, tool, RealProcess.Patience);
        Assert.Equal(
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Sample.ToText(TableFormat.Tsv))],
            File.ReadAllBytes(_folder.File("pasted")));
    }

    [Fact]
    public void A_tool_that_fails_or_hangs_or_cannot_be_started_is_told()
    {
        Table large = Table.FromColumns(Column.Of("i", Enumerable.Range(0, 100_000)));
        Assert.Contains(
            "exit code 3, 'no room'. Save to a file", Fault(Sample, Script("echo no room >&2; exit 3")), StringComparison.Ordinal);
        Assert.Contains("exit code 0, without a message", Fault(large, Script("exit 0")), StringComparison.Ordinal);
        Assert.Contains("within 0.1 s", Fault(large, Script("sleep 600"), TimeSpan.FromSeconds(0.1)), StringComparison.Ordinal);
        Assert.Contains("cannot be started", Fault(Sample, new ClipboardTool(_folder.Path, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void The_clipboard_is_no_file()
    {
        Assert.Contains(
            "CopyToClipboard", Assert.Throws<TableException>(() => Sample.Save(_folder.File("x"), TableFormat.Clipboard)).Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain(TableFormat.Clipboard, TableFormats.Writable);
        Assert.Equal("", TableFormat.Clipboard.Extension());
    }

    private static string Fault(Table table, ClipboardTool tool, TimeSpan? longest = null) =>
        Assert.Throws<TableException>(() => ClipboardCopy.Copy(table, tool, longest ?? RealProcess.Patience)).Message;

    private static string FaultOf(Desktop desktop, params string[] set)
    {
        Assert.Null(ClipboardTool.Find(desktop, name => set.Contains(name) ? ":0" : name == "PATH" ? "/nowhere" : null, out string? fault));
        return fault!;
    }

    private static ClipboardTool Script(string text) => new("/bin/sh", ["-c", text]);

    private Func<string, string?> Environ(string[] set) => name => set.Contains(name) ? ":0" : name == "PATH" ? _folder.Path : null;
}
