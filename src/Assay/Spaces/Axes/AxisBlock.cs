using System.Collections.Immutable;

namespace Assay;

/// <summary>One axis of an <see cref="AxisSpace{T}"/> as declared: members that advance together, not yet looked up.</summary>
/// <param name="Kind">As in <see cref="AxisDescription.Kind"/>.</param>
/// <param name="Samples">Number of samples of a drawn axis; null for listed values, whose number depends on the member.</param>
/// <param name="Seed">The seed of a drawn axis.</param>
/// <param name="Members">The members and their values.</param>
internal sealed record AxisBlock(string Kind, int? Samples, long? Seed, ImmutableArray<AxisMember> Members)
{
    private const int MostHaltonMembers = 300;

    public static AxisBlock Grid(MemberName name, ListedValues values) => new("grid", null, null, [new AxisMember(name, values)]);

    public static AxisBlock Zip(ImmutableArray<AxisMember> members) => new("zip", null, null, members);

    public static AxisBlock Random(int samples, long seed, ImmutableArray<AxisMember> members) =>
        new("random", Checked(samples), seed, members);

    public static AxisBlock Halton(int samples, long seed, ImmutableArray<AxisMember> members) => members.Length <= MostHaltonMembers
        ? new AxisBlock("halton", Checked(samples), seed, members)
        : throw new AssayException(
            $"A Halton block draws {members.Length} members; it can draw {MostHaltonMembers}. Use Random for so many.");

    /// <summary>Number of steps, once the members are known; of lists with different lengths, the shortest.</summary>
    public long Length(IReadOnlyList<Member?> members) =>
        Samples ?? (Members.IsEmpty ? 0 : Members.Select((member, i) => (long)((ListedValues)member.Values).For(members[i]).Count).Min());

    /// <summary>Where the random bits of one member come from, or null for listed values.</summary>
    public SampleBits? Bits(int position, string path) => Kind switch
    {
        "random" => RandomBits.Of(Seed!.Value, path),
        "halton" => new HaltonBits(position, Seed!.Value, path).At,
        _ => null,
    };

    /// <summary>What is wrong with the axis as a whole.</summary>
    public IEnumerable<string> Faults(IReadOnlyList<Member?> members)
    {
        string names = string.Join(", ", Members.Select(member => member.Name.Text));
        if (Members.IsEmpty) yield return $"a {Kind} axis names no member; name at least one, or leave the axis out";
        else if (Length(members) == 0)
            yield return Samples is null ? $"axis {names} has no values; give at least one, or leave the axis out"
                : $"the {Kind} axis over {names} has 0 samples; ask for at least one, or leave the axis out";
        if (Samples is not null || Members.Length < 2) yield break;
        int[] lengths = [.. Members.Select((member, i) => ((ListedValues)member.Values).For(members[i]).Count)];
        if (lengths.Distinct().Count() > 1)
            yield return $"the zipped members {names} have {string.Join(", ", lengths)} values; give each of them the same number";
    }

    public AxisDescription Describe(IReadOnlyList<MemberPath?> paths) => new(Kind, Length([.. paths.Select(path => path?.Last)]), Seed,
        [.. Members.Select((member, i) => member.Values.Describe(paths[i]?.Text ?? member.Name.Text, paths[i]?.Last))]);

    private static int Checked(int samples) => samples >= 0 ? samples : throw new AssayException(
        $"{samples} samples were asked for; ask for at least 1.");
}
