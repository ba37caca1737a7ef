using System.Text;

namespace Assay.Journals;

/// <summary>
/// The code state as lines hold it: read once for a session, and handed to its worker processes, which start later and must not record
/// anything else. Immutable.
/// </summary>
/// <param name="Short">The JSON object for each run, with commit, branch and dirty; null without a repository.</param>
/// <param name="Full">The JSON object for the session; null without a repository.</param>
/// <param name="Fault">Why there is no code state; null when there is one, or none was asked for.</param>
public sealed record SessionCode(string? Short, string? Full, string? Fault)
{
    internal void WriteShort(JsonBuffer json) => Write(json, Short);

    internal void WriteFull(JsonBuffer json)
    {
        Write(json, Full);
        if (Fault is not null) json.Raw(",\"git_fault\":"u8).String(Fault);
    }

    private static void Write(JsonBuffer json, string? text)
    {
        if (text is null) json.Null();
        else json.Raw(Encoding.UTF8.GetBytes(text));
    }
}
