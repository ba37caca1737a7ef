using System.Collections;

namespace Assay;

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
            if (MemberValue.TryConvert(listed[i], member.Last.Type, member.Last.AllowsNull, out converted[i], out string problem)) continue;
            if (++faulty <= MaxFaults) faults.Add($"axis {member.Text}, value {i + 1}: {ValueText.Of(listed[i])} {problem}");
        }
        if (faulty > MaxFaults) faults.Add($"axis {member.Text}: {Plural.Of(faulty - MaxFaults, "more faulty value")}");
        return faulty > 0 ? null : step => converted[step];
    }

    public override IReadOnlyList<string> Notes(MemberPath member) => Duplicates.Note($"axis {member.Text}", For(member.Last));

    public override MemberDescription Describe(string name, Member? member) => new(name, MemberDescription.Texts(For(member)), null);
}
