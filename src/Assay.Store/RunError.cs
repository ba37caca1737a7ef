namespace Assay;

/// <summary>Why a run did not succeed.</summary>
/// <param name="Kind">
/// What sort of failure: <c>exception</c>, <c>timeout</c>, <c>rate_limit</c>, <c>provider</c>, <c>cancelled</c> or <c>infrastructure</c>. Only
/// <c>exception</c> and <c>timeout</c> speak of the operation itself; the rest is never to be scored as a wrong answer.
/// </param>
/// <param name="Type">Full name of the exception's type.</param>
/// <param name="Message">The exception's message.</param>
/// <param name="Stack">The stack trace with inner exceptions; null when there was none.</param>
public sealed record RunError(string Kind, string Type, string Message, string? Stack)
{
    internal static RunError Of(Exception fault, string kind = "exception") =>
        new(kind, FullTypeName.Of(fault.GetType()), Foreign.Message(fault), Foreign.Stack(fault));

    /// <summary>Failures with the same signature failed the same way: type and the place it was thrown.</summary>
    internal string Signature => $"{Type}\n{Stack?.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(l => l.StartsWith("at ", StringComparison.Ordinal))}";

    internal void Write(JsonBuffer json)
    {
        json.Raw("{\"kind\":"u8).String(Kind).Raw(",\"type\":"u8).String(Type).Raw(",\"message\":"u8).String(Message).Raw(",\"stack\":"u8);
        if (Stack is null) json.Null();
        else json.String(Stack);
        json.Raw((byte)'}');
    }
}
