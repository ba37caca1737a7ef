namespace Assay;

/// <summary>The exception for a value without a canonical form, and therefore without an identity. The message gives its path.</summary>
public sealed class CanonicalFormException : AssayException
{
    private readonly string _reason;

    internal CanonicalFormException(string reason) : base(reason) => _reason = reason;

    /// <summary>The path to the value, for example <c>Optimizer.Schedule[2]</c>; empty for the outermost value.</summary>
    public string Path { get; private set; } = "";

    /// <inheritdoc/>
    public override string Message => Path.Length == 0 ? _reason : $"at '{Path}': {_reason}";

    /// <summary>Adds an enclosing member to the path. Always false, for use as an exception filter that does not catch.</summary>
    internal bool PrependStep(string step)
    {
        Path = Path.Length == 0 || Path[0] == '[' ? step + Path : $"{step}.{Path}";
        return false;
    }
}
