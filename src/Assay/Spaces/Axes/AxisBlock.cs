using System.Collections.Immutable;

namespace Assay;

/// <summary>The declaration of one axis of an <see cref="AxisSpace{T}"/>: members that advance together, not yet resolved.</summary>
/// <param name="Kind">The kind, as in <see cref="AxisDescription.Kind"/>.</param>
/// <param name="Samples">The number of samples of a drawn axis; null for listed values, whose number depends on the member.</param>
/// <param name="Seed">The seed of a drawn axis.</param>
/// <param name="Members">The members and their values.</param>
internal sealed record AxisBlock(string Kind, int? Samples, long? Seed, ImmutableArray<AxisMember> Members)
{
    private const int MaxHaltonMembers = 300;

    public static AxisBlock Grid(MemberName name, ListedValues values) => new("grid", null, null, [new AxisMember(name, values)]);

    public static AxisBlock Zip(ImmutableArray<AxisMember> members) => new("zip", null, null, members);

    public static AxisBlock Random(int samples, long seed, ImmutableArray<AxisMember> members) =>
        new("random", Checked(samples), seed, members);

    public static AxisBlock Halton(int samples, long seed, ImmutableArray<AxisMember> members) => members.Length <= MaxHaltonMembers
        ? new AxisBlock("halton", Checked(samples), seed, members)
        : throw new AssayException($"A Halton axis has {members.Length} members, expected at most {MaxHaltonMembers}; use Random instead.");

    /// <summary>The number of steps. For lists of different lengths, which are a fault, the shortest length.</summary>
    /// <param name="members">The resolved members; null for those that were not found.</param>
    public long Length(IReadOnlyList<Member?> members) => Samples ?? Lengths(members).DefaultIfEmpty(0).Min();

    /// <summary>The source of the random bits of one member; null for listed values.</summary>
    public SampleBits? Bits(int position, string path) => Kind switch
    {
        "random" => RandomBits(Seed!.Value, path),
        "halton" => new HaltonBits(position, Seed!.Value, path).At,
        _ => null,
    };

    // Output j of the SplitMix64 generator whose initial state is derived from the seed and the path of the member. The bits depend on
    // nothing else, so additional samples and members do not change the existing ones.
    private static SampleBits RandomBits(long seed, string path)
    {
        ulong start = new SeedBundle(seed, 0).Derive("assay.random:" + path);
        return sample => SplitMix64.At(start, (ulong)sample);
    }

    /// <summary>The faults of the axis as a whole; the faults of single values are found when they are bound to their member.</summary>
    public IEnumerable<string> Faults(IReadOnlyList<Member?> members)
    {
        string names = string.Join(", ", Members.Select(member => member.Name.Text));
        if (Members.IsEmpty) yield return $"a {Kind} axis has no member; add at least one, or leave the axis out";
        else if (Samples == 0) yield return $"the {Kind} axis of {names} has 0 samples, expected at least 1; or leave the axis out";
        else if (Length(members) == 0) yield return $"axis {names} has no values; give at least one, or leave the axis out";
        if (Samples is not null) yield break;
        int[] lengths = [.. Lengths(members)];
        if (lengths.Distinct().Count() > 1)
            yield return $"the zipped members {names} have {string.Join(", ", lengths)} values; give all of them the same number";
    }

    private IEnumerable<int> Lengths(IReadOnlyList<Member?> members) =>
        Members.Select((member, i) => ((ListedValues)member.Values).For(members[i]).Count);

    public AxisDescription Describe(IReadOnlyList<MemberPath?> paths) => new(Kind, Length([.. paths.Select(path => path?.Last)]), Seed,
        [.. Members.Select((member, i) => member.Values.Describe(paths[i]?.Text ?? member.Name.Text, paths[i]?.Last))]);

    private static int Checked(int samples) => samples >= 0 ? samples
        : throw new AssayException($"The axis has {samples} samples, expected at least 1.");
}
