namespace Assay.Names;

/// <summary>Names with commas between them; a comma in brackets belongs to a name.</summary>
public static class FieldList
{
    /// <summary>Reads names.</summary>
    /// <param name="names">The names.</param>
    /// <exception cref="AssayException">A name cannot be read.</exception>
    public static IReadOnlyList<RunField> Parse(string names) => [.. Split(names).Select(RunField.Parse)];

    /// <summary>The names as they are written.</summary>
    /// <param name="names">The names.</param>
    public static IEnumerable<string> Split(string names)
    {
        int from = 0;
        char? quote = null;
        for (int i = 0; i < names.Length; i++)
        {
            char c = names[i];
            if (quote is not null)
            {
                if (c == '\\') i++;
                else if (c == quote) quote = null;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == ',')
            {
                yield return names[from..i];
                from = i + 1;
            }
        }

        yield return names[from..];
    }
}
