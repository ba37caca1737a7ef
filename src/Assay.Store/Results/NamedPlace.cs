namespace Assay;

/// <summary>A name that says where its value stands.</summary>
/// <param name="Place">The place.</param>
/// <param name="Name">The name there.</param>
internal sealed record NamedPlace(FieldPlace Place, string Name)
{
    // As the columns of tables are called.
    private const string ColumnPrefix = "param_";

    private static readonly (FieldPlace Place, string Word)[] Known = [(FieldPlace.Param, "params"), (FieldPlace.Label, "labels"), (FieldPlace.Metric, "metrics")];

    /// <summary>Null for a name alone.</summary>
    public static NamedPlace? Find(string name)
    {
        if (name.StartsWith(ColumnPrefix, StringComparison.Ordinal)) return new NamedPlace(FieldPlace.Param, name[ColumnPrefix.Length..]);
        foreach ((FieldPlace place, string word) in Known)
        {
            if (name.Length > word.Length + 1 && name[word.Length] == '.' && name.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return new NamedPlace(place, name[(word.Length + 1)..]);
        }

        return null;
    }

    /// <summary>Why a name alone means nothing in a run that has it in two places.</summary>
    public static AssayException Ambiguous(string name, FieldKey one, FieldKey other, UInt128 run) => Ambiguous(name, Word(one), Word(other), Fingerprint.Hex(run));

    /// <param name="name">The name alone.</param>
    /// <param name="one">The one place with the name there.</param>
    /// <param name="other">The other.</param>
    /// <param name="run">The run.</param>
    public static AssayException Ambiguous(string name, string one, string other, string run) =>
        new($"'{name}' means two values of run {run}; expected a name that says which. Write '{one}' or '{other}'.");

    private static string Word(FieldKey key) => $"{Known.First(k => k.Place == key.Place).Word}.{key.Name}";
}
