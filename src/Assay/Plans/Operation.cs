namespace Assay;

/// <summary>The user's code for one run, in one of two shapes, and the delegate the user wrote (the code that counts).</summary>
internal sealed record Operation<T>(Delegate UserCode, Action<T, RunContext>? Sync, Func<T, RunContext, Task>? Async)
{
    /// <summary>What the user called the parameter: names the column when the parameters are a single value.</summary>
    public string ParameterName
    {
        get
        {
            string? name = UserCode.Method.GetParameters().FirstOrDefault(p => p.ParameterType == typeof(T))?.Name;
            // A discard is no name either.
            return string.IsNullOrEmpty(name?.Trim('_')) || name.Contains('<', StringComparison.Ordinal) ? "value" : name;
        }
    }
}
