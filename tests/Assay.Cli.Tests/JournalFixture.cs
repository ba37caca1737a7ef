using System.Globalization;
using System.Text;

namespace Assay.Cli.Tests;

/// <summary>A journal written line by line, a second apart.</summary>
internal sealed class JournalFixture(string path, string experiment, string version)
{
    private int _seconds;
    private List<byte>? _gathered;

    public string Path => path;

    /// <summary>Lets this journal's times begin later than those of others.</summary>
    public JournalFixture At(int seconds)
    {
        _seconds = seconds;
        return this;
    }

    public JournalFixture Session(
        string code = "c0de", string members = "\"operation(int)\":\"1111111111111111\"", string context = "null", string commit = "abc123",
        bool dirty = false, string process = """{"pid":7,"cwd":"/home/me","argv":["/home/me/iris.dll","--fast"]}""",
        bool hasPrints = false, string? git = null) => Line(
        new string('0', 32), "session_start",
        $$"""
            {"version":"{{version}}","description":"","host":{"hostname":"box"},"process":{{process}},
            "runtime":{"framework":".NET 10.0.1","rid":"linux-x64","assay":"0.1.0"},"git":{{git ?? Git(commit, dirty, ",\"status\":[]")}},
            "code":{"mode":"reachable","fingerprint":"{{Print(code)}}","members":{ {{members}} },
            "captured":[]},"context":{{context}}{{(hasPrints ? Prints(code) : "")}}}
            """.OneLine());

    public JournalFixture Begin(
        int run, string parameters = """{"lr":0.1,"hidden":8}""", int replicate = 0, int attempt = 1, string code = "c0de",
        string context = "c0", string commit = "abc123", string more = "", bool dirty = false) => Line(
        StoreFixture.Id(run), "run_start",
        $$"""
            {"index":{{run}},"attempt":{{attempt}},"version":"{{version}}","params":{{parameters}},"seed":{"base":42,
            "replicate":{{replicate}}}{{more}},"fingerprints":{"params":"{{Print(parameters)}}","context":"{{Print(context)}}",
            "code":"{{Print(code)}}"},"git":{{Git(commit, dirty)}} }
            """.OneLine());

    public JournalFixture End(
        int run, string status = "success", string metrics = """{"accuracy":0.95}""", int attempt = 1, string error = "null",
        double ms = 1500) => Line(
        StoreFixture.Id(run), "run_end",
        $$"""
            {"status":"{{status}}","attempt":{{attempt}},"duration_ms":{{ms.ToString(CultureInfo.InvariantCulture)}},
            "metrics":{{metrics}},"error":{{error}} }
            """.OneLine());

    public JournalFixture Line(int run, string kind, string value) => Line(StoreFixture.Id(run), kind, value);

    public JournalFixture Artifact(int run, string name, string content, long? size = null, string kind = "text") => Line(
        run, "artifact",
        $$"""
            {"name":"{{name}}","kind":"{{kind}}","format":"txt",
            "size":{{(size ?? content.Length).ToString(CultureInfo.InvariantCulture)}},"sha256":"{{StoreFixture.Hash(content)}}"}
            """.OneLine());

    public JournalFixture Raw(string text) => Raw(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes many lines at once, because opening a file takes as long as a hundred lines.</summary>
    public JournalFixture Together(Action<JournalFixture> write)
    {
        var gathered = new List<byte>();
        _gathered = gathered;
        write(this);
        _gathered = null;
        return Raw([.. gathered]);
    }

    public JournalFixture Raw(byte[] bytes)
    {
        if (_gathered is not null)
        {
            _gathered.AddRange(bytes);
            return this;
        }

        using FileStream file = File.Open(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(bytes);
        return this;
    }

    private JournalFixture Line(string id, string kind, string value)
    {
        string time = StoreFixture.Start.AddSeconds(_seconds++).ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);
        return Raw($$"""
            {"schema_version":1,"assay_version":"0.1.0","run_id":"{{id}}","experiment_name":"{{experiment}}","kind":"{{kind}}",
            "value":{{value}},"created_at":"{{time}}","elapsed_ms":{{_seconds * 250}}}
            """.OneLine() + "\n");
    }

    private static string Truth(bool value) => value ? "true" : "false";

    private static string Git(string commit, bool dirty, string more = "") =>
        $"{{\"commit\":\"{commit}\",\"branch\":\"main\",\"dirty\":{Truth(dirty)}{more}}}";

    private static string Prints(string code) => $",\"fingerprints\":{{\"context\":\"{Print("c0")}\",\"code\":\"{Print(code)}\"}}";

    public static string Print(string of) => StoreFixture.Hash(of)[..32];
}
