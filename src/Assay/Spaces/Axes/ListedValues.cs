using System.Collections;

namespace Assay;

/// <summary>Values listed one by one.</summary>
internal sealed class ListedValues(IReadOnlyList<object?> values, bool mayBeOneSequence) : AxisValues
{
    private const int MostFaults = 5;

    public IReadOnlyList<object?> Values => values;

    public static ListedValues Of<TValue>(IEnumerable<TValue> values, bool mayBeOneSequence = false) =>
        new([.. values.Select(value => (object?)value)], mayBeOneSequence);

    /// <summary>The values once the member is known: a single sequence is opened unless the member holds sequences.</summary>
    public IReadOnlyList<object?> For(Member? member) =>
        mayBeOneSequence && values is [IEnumerable sequence and not string] && member?.Type.IsInstanceOfType(sequence) != true
            ? [.. sequence.Cast<object?>()] : values;

    public override Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults)
    {
        IReadOnlyList<object?> listed = For(member.Last);
        var fitted = new object?[listed.Count];
        int bad = 0;
        for (int i = 0; i < fitted.Length; i++)
        {
            if (ValueFit.TryFit(listed[i], member.Last.Type, member.Last.AllowsNull, out fitted[i], out string problem)) continue;
            if (++bad <= MostFaults) faults.Add($"axis {member.Text}, value {i + 1}: {ValueText.Of(listed[i])} {problem}");
        }
        if (bad > MostFaults) faults.Add($"axis {member.Text}: {bad - MostFaults} more values have such faults");
        return bad > 0 ? null : step => fitted[step];
    }

    public override IReadOnlyList<string> Notes(MemberPath member) => Duplicates.Note($"axis {member.Text}", For(member.Last));

    public override MemberDescription Describe(string name, Member? member) => new(name, MemberDescription.Texts(For(member)), null);
}
