using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Assay.Analysis;

/// <summary>A random forest of the library. Not thread-safe.</summary>
internal sealed class RegressionForest
{
    private const string Features = nameof(Run.Features), Label = nameof(Run.Label), Score = "Score";

    private readonly MLContext _context;
    private readonly ITransformer _model;
    private readonly int _width;

    private RegressionForest(MLContext context, ITransformer model, int width) => (_context, _model, _width) = (context, model, width);

    /// <param name="features">The parameters of each run.</param>
    /// <param name="labels">The metric of each run.</param>
    /// <param name="options">The trees.</param>
    public static RegressionForest Grow(float[][] features, float[] labels, ForestOptions options)
    {
        var context = new MLContext(options.Seed);
        FastForestRegressionTrainer trainer = context.Regression.Trainers.FastForest(new FastForestRegressionTrainer.Options
        {
            FeatureColumnName = Features,
            LabelColumnName = Label,
            NumberOfTrees = options.Trees,
            NumberOfLeaves = Math.Max(2, Math.Min(1000, labels.Length / options.LeastInLeaf)),
            MinimumExampleCountPerLeaf = options.LeastInLeaf,
            Seed = options.Seed,
            FeatureSelectionSeed = options.Seed,
            // More threads would add the numbers in another order each time.
            NumberOfThreads = 1,
        });
        var forest = new RegressionForest(context, null!, features[0].Length);
        return new RegressionForest(context, trainer.Fit(forest.View(features, labels)), features[0].Length);
    }

    public float[] Predict(float[][] features) =>
        [.. _model.Transform(View(features, new float[features.Length])).GetColumn<float>(Score)];

    private IDataView View(float[][] features, float[] labels)
    {
        var schema = SchemaDefinition.Create(typeof(Run));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, _width);
        return _context.Data.LoadFromEnumerable(features.Zip(labels, (f, l) => new Run { Features = f, Label = l }), schema);
    }

    private sealed class Run
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
