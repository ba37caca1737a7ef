namespace Assay.Chat;

/// <summary>A named group of runs of an experiment. Immutable.</summary>
/// <typeparam name="TData">The data of one run.</typeparam>
public sealed record Batch<TData>
{
    /// <summary>Creates a batch; the sequence is read once, by this call.</summary>
    /// <param name="name">The name, the first part of the addresses of its runs. Not blank, no control characters.</param>
    /// <param name="data">The data of each run, in order.</param>
    /// <exception cref="AssayException">The name is blank or has control characters, or data are null.</exception>
    public Batch(string name, IEnumerable<TData> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
            throw new AssayException($"a batch has the name '{Printable.Line(name ?? "")}'; expected one that is not blank and has no "
                + "control characters.");
        (Name, Data) = (name, [.. data]);
        int missing = Data.ToList().FindIndex(item => item is null);
        if (missing >= 0) throw new AssayException($"the data {missing} of batch '{name}' are null; leave them out.");
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The data of its runs.</summary>
    public IReadOnlyList<TData> Data { get; }
}

/// <summary>Where a run stands: the batch, and its number in it, from 0. Written <c>batch:number</c>.</summary>
/// <param name="Batch">The name of the batch; it may contain colons.</param>
/// <param name="Number">The number: of replicate <i>r</i> of data <i>i</i> with <i>R</i> replicates, <i>i × R + r</i>.</param>
public readonly record struct ChatAddress(string Batch, int Number)
{
    /// <summary>Reads <c>batch:number</c>.</summary>
    /// <returns>Null when the text is no address.</returns>
    public static ChatAddress? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out int number)
            ? new ChatAddress(text[..colon], number) : null;
    }

    /// <summary>The address as text.</summary>
    public override string ToString() => $"{Batch}:{Number}";
}
