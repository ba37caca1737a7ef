namespace Assay.Tests;

// Types for the tests of the canonical form.
internal sealed record Adam(double Rate);

internal sealed record Sgd(double Rate);

internal sealed record Nested(object? Inner, int Depth = 1);

internal sealed record Ordered(int Zebra, int Apple);

internal sealed record Reordered(int Apple, int Zebra);

internal record struct Spot(int X, int Y);

internal enum Colour { Red, Green, Crimson = Red }

internal enum Fruit { Red, Green }

internal sealed record WithComputed(int A)
{
    public int Twice => A * 2;
}

internal sealed record WithPrivate(int A)
{
    private readonly int _hidden = A;

    public WithPrivate(int a, int hidden) : this(a) => _hidden = hidden;

    public int Peek() => _hidden;
}

internal sealed class Secretive(int a)
{
    private int _calls = a;

    public int A { get; } = a;

    public int Next() => _calls++;
}

internal sealed class Node
{
    public Node? Next { get; set; }
}

internal sealed class Handle(string name) : IFingerprintable
{
    private readonly Guid _session = new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    public string Session => _session.ToString();

    public object ToFingerprint() => name;
}
