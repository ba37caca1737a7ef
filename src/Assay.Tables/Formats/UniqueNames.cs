namespace Assay.Tables;

/// <summary>Names for the columns of a file that may repeat or lack them: <c>loss</c>, <c>loss_2</c>; <c>column_3</c> for an empty one.</summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Add(string name, int position)
    {
        string wanted = name.Length > 0 ? name : $"column_{position + 1}";
        string unique = wanted;
        for (int i = 2; !_taken.Add(unique); i++) unique = $"{wanted}_{i}";
        return unique;
    }
}
