namespace Assay.Messages;

/// <summary>The text of a user's exception, whose members may throw or return nothing, which costs no more than the text.</summary>
public static class ExceptionText
{
    /// <summary>The message as it is, or a remark on why there is none.</summary>
    public static string Message(Exception fault) =>
        Read(() => fault.Message, fault, nameof(fault.Message)) ?? $"(the message of {FullTypeName.Of(fault.GetType())} is null)";

    /// <summary>The stack trace, with inner exceptions where there are any; null without one.</summary>
    public static string? Stack(Exception fault) => fault.InnerException is null
        ? Read(() => fault.StackTrace, fault, nameof(fault.StackTrace))
        : Text(fault);

    /// <summary>The exception's own <c>ToString</c>.</summary>
    public static string Text(Exception fault) => Read(fault.ToString, fault, nameof(ToString)) ?? FullTypeName.Of(fault.GetType());

    /// <summary>The message made part of ours: its first line, safe to print and ended by a full stop.</summary>
    public static string Sentence(Exception fault) => Sentence(Message(fault));

    /// <inheritdoc cref="Sentence(Exception)"/>
    public static string Sentence(string message)
    {
        string text = Clause(message);
        return text.Length == 0 || text[^1] is '.' or '!' or '?' or '…' ? text : text + ".";
    }

    /// <summary>As <see cref="Sentence(Exception)"/>, without the full stop: our sentence goes on behind it.</summary>
    public static string Clause(Exception fault) => Clause(Message(fault));

    /// <inheritdoc cref="Clause(Exception)"/>
    public static string Clause(string message) => Printable.Line(message.Trim().Split('\n')[0].TrimEnd(' ', '.', '\r'));

    private static string? Read(Func<string?> ask, Exception fault, string member)
    {
        try
        {
            return ask();
        }
        catch (Exception second)
        {
            // An exception that cannot even be described is described by its type.
            return $"({member} of {FullTypeName.Of(fault.GetType())} threw {FullTypeName.Of(second.GetType())})";
        }
    }
}
