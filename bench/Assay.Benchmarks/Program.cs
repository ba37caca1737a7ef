using Assay.Benchmarks;

var benchmarks = new Dictionary<string, Action<string[]>>(StringComparer.Ordinal)
{
    ["analysis"] = AnalysisBenchmark.Run,
    ["chat"] = ChatBenchmark.Run,
    ["engine"] = EngineBenchmark.Run,
    ["figures"] = FigureBenchmark.Run,
    ["parallel"] = ParallelBenchmark.Run,
    ["tables"] = TablesBenchmark.Run,
    ["track"] = TrackBenchmark.Run,
};

if (args.Length > 0 && benchmarks.TryGetValue(args[0], out Action<string[]>? run))
{
    run(args[1..]);
    return 0;
}

Console.Error.WriteLine($"usage: dotnet run -c Release --project bench/Assay.Benchmarks -- {string.Join('|', benchmarks.Keys)}");
return 2;
