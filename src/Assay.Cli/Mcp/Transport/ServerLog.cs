namespace Assay.Cli.Mcp;

/// <summary>
/// Remarks on standard error for the person who set the server up. They are few and short: a full pipe that nobody reads must not stop the
/// server.
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
            error.WriteLine($"assay: {Words.Cut(line, LongestLine)}");
            error.Flush();
        }
    }
}
