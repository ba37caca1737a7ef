namespace Assay.Names;

/// <summary>
/// A question that cannot be answered; what to do next is told in commands at a shell, and in tools of the MCP server to whoever asks
/// there.
/// </summary>
/// <param name="fault">What is wrong, in whole sentences: the value, and what was expected.</param>
/// <param name="shell">What to do at a shell.</param>
/// <param name="tools">What to do as a client of the server.</param>
/// <param name="cause">What caused it, where something did.</param>
internal sealed class QuestionException(
    string fault, string shell, string tools, Exception? cause = null) : AssayException($"{fault} {shell}", cause)
{
    /// <summary>The fault alone.</summary>
    public string Fault => fault;

    /// <summary>The message of a fault for a client of the server.</summary>
    public static string ForTools(AssayException fault) => fault is QuestionException question ? question.Tools : fault.Message;

    private string Tools => $"{fault} {tools}";
}
