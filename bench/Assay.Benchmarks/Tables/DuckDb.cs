using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Assay.Benchmarks;

/// <summary>DuckDB in a process of Node of its own, with a database in memory. It takes its own time around each statement.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly Process _process;

    public DuckDb()
    {
        string script = Path.Combine(Folder(), "duckdb.mjs");
        _process = Process.Start(new ProcessStartInfo("node", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("node did not start.");
        Version = Text("SELECT version()");
    }

    public string Version { get; }

    /// <summary>Seconds that DuckDB takes for a statement.</summary>
    public double Seconds(string sql) => Ask(sql).GetProperty("seconds").GetDouble();

    /// <summary>The first value of the first row.</summary>
    public string Text(string sql) => Ask(sql).GetProperty("value").GetString() ?? "";

    /// <summary>A process of its own for one statement.</summary>
    public static void Once(string sql)
    {
        using var duck = new DuckDb();
        duck.Seconds(sql);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonElement Ask(string sql)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(sql));
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("DuckDB ended; run tests/interop/setup.sh first.");
        using var document = JsonDocument.Parse(answer);
        JsonElement root = document.RootElement.Clone();
        return root.TryGetProperty("error", out JsonElement error) ? throw new InvalidOperationException($"{sql}: {error}") : root;
    }

    private static string Folder([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "..", "tests", "interop"));
}
