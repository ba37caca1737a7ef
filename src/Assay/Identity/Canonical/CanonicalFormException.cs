namespace Assay;

/// <summary>A value has no canonical form, so no identity could be computed from it. The message names the path to the value.</summary>
public sealed class CanonicalFormException : AssayException
{
    private readonly string _reason;

    internal CanonicalFormException(string reason) : base(reason) => _reason = reason;

    /// <summary>Where the value stands, for example <c>Optimizer.Schedule[2]</c>; empty for the value itself.</summary>
    public string Path { get; private set; } = "";

    /// <inheritdoc/>
    public override string Message => Path.Length == 0 ? _reason : $"at '{Path}': {_reason}";

    /// <summary>Used as an exception filter on the way out: adds the enclosing member and never catches.</summary>
    internal bool Under(string step)
    {
        Path = Path.Length == 0 || Path[0] == '[' ? step + Path : $"{step}.{Path}";
        return false;
    }
}
