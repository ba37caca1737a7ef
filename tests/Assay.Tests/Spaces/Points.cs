namespace Assay.Tests.Spaces;

// The kinds of point that users declare.
public enum Rule { Sgd, Adam }

public sealed record Train(double LearningRate, int Hidden);

public sealed record Optimizer(double LearningRate = 0.1, double Momentum = 0.9, Rule Rule = Rule.Sgd);

public sealed record Config(Optimizer Optimizer, int Epochs, string Name = "base", int? Limit = null)
{
    public bool Shuffle { get; init; } = true;

    public string Label => $"{Name}-{Epochs}";
}

public sealed class Settings
{
    public Optimizer Optimizer { get; set; } = new(0.25, 0.5);

    public float Dropout { get; set; } = 0.1f;

    public List<int> Layers { get; init; } = [8];
}

public struct Pair
{
    public int A { get; set; }

    public int B { get; init; }
}
