namespace Assay.Cli.Mcp;

/// <summary>
/// Remarks on standard error for whoever set the server up. Few and short: where nobody reads them, a full pipe must not stop the server.
/// Thread-safe.
/// </summary>
internal sealed class ServerLog(TextWriter error)
{
    private const int MostLines = 60;
    private const int LongestLine = 500;

    private readonly Lock _gate = new();
    private int _lines;

    public void Line(string text)
    {
        lock (_gate)
        {
            if (_lines > MostLines) return;
            string line = Printable.Line(_lines++ < MostLines ? text : "no more is said here; the answers to the client say everything");
            error.WriteLine($"assay: {(line.Length > LongestLine ? line[..LongestLine] + "…" : line)}");
            error.Flush();
        }
    }
}
