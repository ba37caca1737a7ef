namespace Assay.Names;

/// <summary>A question without an answer: the message names commands of the shell, <see cref="ForTools"/> tools of the server.</summary>
/// <param name="fault">The fault in sentences: the value, and what was expected.</param>
/// <param name="shell">The remedy at a shell.</param>
/// <param name="tools">The remedy for a client of the server.</param>
/// <param name="cause">The cause. Default: none.</param>
public sealed class QuestionException(
    string fault, string shell, string tools, Exception? cause = null) : AssayException($"{fault} {shell}", cause)
{
    /// <summary>The fault without a remedy.</summary>
    public string Fault => fault;

    /// <summary>The message of a fault for a client of the server.</summary>
    /// <param name="fault">A fault, of this type or another.</param>
    public static string ForTools(AssayException fault) => fault is QuestionException question ? question.Tools : fault.Message;

    private string Tools => $"{fault} {tools}";
}
