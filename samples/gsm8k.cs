#:project ../src/Assay.Chat/Assay.Chat.csproj
#:project ../src/Assay.Analysis/Assay.Analysis.csproj
#:project models/SampleModels.csproj
// Which model solves more word problems? Every model answers every problem, the last number of an answer is compared with the solution,
// and models are compared on the same problems. The models are recorded answers behind an HTTP server on this machine.
//
//   dotnet run samples/gsm8k.cs                            eight problems and two models that come with the samples
//   dotnet run samples/gsm8k.cs -- --data DIR              GSM8K (Cobbe et al. 2021): 1,319 problems, four models
//   dotnet run samples/gsm8k.cs -- --data DIR --json FILE  the numbers as JSON
//
// With OPENAI_BASE_URL or OPENAI_API_KEY set, and names of models in ASSAY_MODEL (with commas), real models answer.
using System.Text.Json;
using Assay;
using Assay.Analysis;
using Assay.Chat;
using Assay.Samples;
using Microsoft.Extensions.AI;

string here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
List<string> own = [.. args];
string data = Take("--data") ?? Path.Combine(here, "data", "problems");
string? json = Take("--json");

Dictionary<long, Row> rows = Dataset.Load<Row>(Path.Combine(data, "questions.jsonl")).ToDictionary(row => row.Id);
IReadOnlyList<Recorded> recorded = Dataset.Load<Recorded>(Path.Combine(data, "recorded-answers.jsonl"));
Dictionary<(string, string), string> answers = recorded.ToDictionary(r => (r.Model, rows[r.Id].Question), r => r.Solution);

await using LocalModels server = await LocalModels.StartAsync((model, question) => answers.GetValueOrDefault((model, question)));
bool isReal = Environment.GetEnvironmentVariable(OpenAIModel.BaseUrlVariable) is { Length: > 0 }
    || Environment.GetEnvironmentVariable(OpenAIModel.KeyVariable) is { Length: > 0 };
string[] models = isReal ? (Environment.GetEnvironmentVariable("ASSAY_MODEL") ?? "gpt-5-mini").Split(',')
    : [.. recorded.Select(r => r.Model).Distinct().Order(StringComparer.Ordinal)];
using IChatClient client = OpenAIModel.Client(models[0], isReal ? null : server.Url);

ChatExperiment<Problem, string> experiment = ChatExperiment.Create<Problem, string>("word problems", client)
    .Setup(run =>
    {
        run.Options.ModelId = run.Data.Model;
        run.Add(ChatRole.User, run.Data.Text);
    })
    .Step(async (run, token) =>
    {
        run.Answer = await run.AskAsync(token);
        return Next.Stop;
    })
    .Evaluate(run => Scorer.Numeric().Judge(run.Answer!, run.Data.Solution));
foreach (string model in models)
    experiment.Add(model, rows.Values.Select(row => new Problem(model, row.Id, row.Question, row.Answer)));

ChatResults<Problem, string> results = await experiment.RunAsync(own);
var accuracies = new List<ModelAccuracy>();
foreach ((string model, ChatSummary summary) in results.SummaryBy(run => run.Data.Model))
{
    Interval interval = Interval.OfShare(summary.Correct, summary.Scored);
    accuracies.Add(new(model, summary.Scored, summary.Correct, summary.Accuracy, interval.LowerBound, interval.UpperBound));
    string bounds = FormattableString.Invariant($"[{interval.LowerBound:0.0000}, {interval.UpperBound:0.0000}]");
    Console.WriteLine(FormattableString.Invariant(
        $"{model,-20} {summary.Correct,5} of {summary.Scored,5} correct: {summary.Accuracy:0.0000} {bounds}"));
}

Console.WriteLine("\n" + results.Summary + "\n");
var pairs = new List<ModelPair>();
foreach (Comparison pair in results.Results.CompareAll("score", "Model", pairedBy: ["Number"], test: ComparisonTest.McNemar))
{
    (string a, string b) = ((string)pair.A!, (string)pair.B!);
    Dictionary<long, double> first = Scores(a), second = Scores(b);
    (double, double)[] both = [.. first.Where(s => second.ContainsKey(s.Key)).Select(s => (s.Value, second[s.Key]))];
    pairs.Add(new(a, b, both.Count(p => p is (1, 0)), both.Count(p => p is (0, 1)), pair.PValue));
    Console.WriteLine(FormattableString.Invariant(
        $"{a} against {b}: {pairs[^1].OnlyA} problems only the first solves, {pairs[^1].OnlyB} only the second, p = {pair.PValue:G3}"));
}

results.Results.Report("output/gsm8k/report.html", new() { Title = "Word problems", Metrics = ["score"] });
Console.WriteLine("report.html in output/gsm8k");
if (json is not null)
    File.WriteAllText(json, JsonSerializer.Serialize(new { models = accuracies, pairs }, Output.Options));

Dictionary<long, double> Scores(string model) => results.Runs.Where(run => run.Data.Model == model && run.Score?.Value is not null)
    .ToDictionary(run => run.Data.Number, run => run.Score!.Value!.Value);

string? Take(string name)
{
    int at = own.IndexOf(name);
    if (at < 0) return null;
    if (at + 1 == own.Count) throw new AssayException($"{name} has no value; expected a path behind it.");
    string value = own[at + 1];
    own.RemoveRange(at, 2);
    return value;
}

record Row(long Id, string Question, string Answer);

record Recorded(long Id, string Model, string Solution);

record Problem(string Model, long Number, string Text, string Solution);

record ModelAccuracy(string Model, int N, int Correct, double? Accuracy, double? LowerBound, double? UpperBound);

record ModelPair(string A, string B, int OnlyA, int OnlyB, double? PValue);

static class Output
{
    public static JsonSerializerOptions Options { get; } =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
}
