using System.Collections;
using System.Collections.Immutable;

namespace Assay;

/// <summary>The declaration of one axis: members that advance together. Only drawn axes have samples and a seed.</summary>
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

    /// <summary>The number of steps; for lists of different lengths, which are a fault, the shortest length.</summary>
    public long Length(IReadOnlyList<MemberPath?> paths) => Samples ?? Lengths(paths).DefaultIfEmpty(0).Min();

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
    public IEnumerable<string> Faults(IReadOnlyList<MemberPath?> paths)
    {
        string names = string.Join(", ", Members.Select(member => member.Name.Text));
        if (Members.IsEmpty) yield return $"a {Kind} axis has no member; add at least one, or leave the axis out";
        else if (Samples == 0) yield return $"the {Kind} axis of {names} has 0 samples, expected at least 1; or leave the axis out";
        else if (Length(paths) == 0) yield return $"axis {names} has no values; give at least one, or leave the axis out";
        if (Samples is not null) yield break;
        int[] lengths = [.. Lengths(paths)];
        if (lengths.Distinct().Count() > 1)
            yield return $"the zipped members {names} have {string.Join(", ", lengths)} values; give all of them the same number";
    }

    private IEnumerable<int> Lengths(IReadOnlyList<MemberPath?> paths) =>
        Members.Select((member, i) => ((ListedValues)member.Values).For(paths[i]?.Last).Count);

    public AxisDescription Describe(IReadOnlyList<MemberPath?> paths) => new(Kind, Length(paths), Seed,
        [.. Members.Select((member, i) => member.Values.Describe(paths[i]?.Text ?? member.Name.Text, paths[i]?.Last))]);

    private static int Checked(int samples) => samples >= 0 ? samples
        : throw new AssayException($"The axis has {samples} samples, expected at least 1.");
}

/// <summary>The values of one member along an axis: listed values or a distribution.</summary>
internal abstract class AxisValues
{
    /// <summary>Returns a function from steps to values of the member's type; null, with faults added, for faulty values.</summary>
    public abstract Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults);

    public virtual IReadOnlyList<string> Notes(MemberPath member) => [];

    public abstract MemberDescription Describe(string name, Member? member);
}

/// <summary>Returns the 64 random or quasi-random bits of a sample of one member.</summary>
internal delegate ulong SampleBits(long sample);

/// <summary>A member, not yet resolved, and its values along an axis.</summary>
internal sealed record AxisMember(MemberName Name, AxisValues Values);

/// <summary>Listed values. A single sequence may stand for its items.</summary>
internal sealed class ListedValues(IReadOnlyList<object?> values, bool mayBeOneSequence) : AxisValues
{
    private const int MaxFaults = 5;

    public IReadOnlyList<object?> Values => values;

    public static ListedValues Of<TValue>(IEnumerable<TValue> values, bool mayBeOneSequence = false) =>
        new([.. values.Select(value => (object?)value)], mayBeOneSequence);

    /// <summary>The values for a member: the items of a single sequence, unless the member holds such sequences.</summary>
    public IReadOnlyList<object?> For(Member? member) =>
        mayBeOneSequence && values is [IEnumerable sequence and not string] && member?.Type.IsInstanceOfType(sequence) != true
            ? [.. sequence.Cast<object?>()] : values;

    public override Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults)
    {
        IReadOnlyList<object?> listed = For(member.Last);
        var converted = new object?[listed.Count];
        int faulty = 0;
        for (int i = 0; i < converted.Length; i++)
        {
            string? problem = MemberValue.Problem(listed[i], member.Last.Type, member.Last.AllowsNull, out converted[i]);
            if (problem is not null && ++faulty <= MaxFaults)
                faults.Add($"axis {member.Text}, value {i + 1}: {ValueText.Of(listed[i])} {problem}");
        }
        if (faulty > MaxFaults) faults.Add($"axis {member.Text}: {Plural.Of(faulty - MaxFaults, "more faulty value")}");
        return faulty > 0 ? null : step => converted[step];
    }

    public override IReadOnlyList<string> Notes(MemberPath member) => Duplicates.Note($"axis {member.Text}", For(member.Last));

    public override MemberDescription Describe(string name, Member? member) => new(name, MemberDescription.Texts(For(member)), null);
}

/// <summary>One member's Halton sequence as fractions of 2⁶⁴, rounded up so that 1/3 falls into the bin that starts there.</summary>
internal sealed class HaltonBits
{
    private const ulong Resolution = 1UL << 53;
    private readonly uint _base;
    private readonly ulong _scale;
    private readonly int _digits;
    private readonly uint[]? _permutations;

    public HaltonBits(int position, long seed, string path)
    {
        _base = Prime(position);
        for (_scale = 1; _scale < Resolution; _scale *= _base) _digits++;
        if (seed != 0) _permutations = Permutations(new SeedBundle(seed, 0).Random("assay.halton:" + path));
    }

    /// <summary>Element <c>sample + 1</c> of the sequence; element 0 is zero in all members.</summary>
    public ulong At(long sample)
    {
        ulong number = (ulong)sample + 1, mirrored = 0;
        for (int place = 0; place < _digits; place++)
        {
            (number, ulong digit) = Math.DivRem(number, _base);
            mirrored = mirrored * _base + (_permutations is null ? digit : _permutations[place * (int)_base + (int)digit]);
        }
        UInt128 fraction = (((UInt128)mirrored << 64) + (_scale - 1)) / _scale;
        return fraction > ulong.MaxValue ? ulong.MaxValue : (ulong)fraction;
    }

    private uint[] Permutations(SeededRandom random)
    {
        var permutations = new uint[_digits * (int)_base];
        for (int place = 0; place < _digits; place++)
        {
            Span<uint> permutation = permutations.AsSpan(place * (int)_base, (int)_base);
            for (int digit = 0; digit < permutation.Length; digit++) permutation[digit] = (uint)digit;
            random.Shuffle(permutation);
        }
        return permutations;
    }

    private static uint Prime(int position)
    {
        uint candidate = 2;
        for (int found = 0; ; candidate++)
        {
            bool prime = true;
            for (uint divisor = 2; prime && divisor * divisor <= candidate; divisor++) prime = candidate % divisor != 0;
            if (prime && found++ == position) return candidate;
        }
    }
}
