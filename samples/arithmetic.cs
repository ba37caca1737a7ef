#:project ../src/Assay.Chat/Assay.Chat.csproj
#:project models/SampleModels.csproj
// Asks a model to add two numbers, three times each. The model is a stand-in on this machine that is wrong about large numbers and
// sometimes busy; with OPENAI_BASE_URL or OPENAI_API_KEY set, and the name of a model in ASSAY_MODEL, it is a real one. Stop it half-way
// and run it again: what was answered is not asked for again.
using System.Globalization;
using Assay.Chat;
using Assay.Samples;
using Microsoft.Extensions.AI;

await using LocalModels models = await LocalModels.StartAsync((_, question) => Add(question));
bool isReal = Environment.GetEnvironmentVariable(OpenAIModel.BaseUrlVariable) is { Length: > 0 }
    || Environment.GetEnvironmentVariable(OpenAIModel.KeyVariable) is { Length: > 0 };
string model = Environment.GetEnvironmentVariable("ASSAY_MODEL") ?? "adder";
using IChatClient client = OpenAIModel.Client(model, isReal ? null : models.Url);

ChatExperiment<Sum, int> experiment = ChatExperiment.Create<Sum, int>("addition", client)
    .Setup(run =>
    {
        run.Add(ChatRole.System, "Add the two numbers provided. Answer with the number alone.");
        run.Add(ChatRole.User, $"A: {run.Data.A} B: {run.Data.B}");
    })
    .Step(async (run, token) =>
    {
        run.Answer = int.Parse(await run.AskAsync(token), CultureInfo.InvariantCulture);
        return Next.Stop;
    })
    .Evaluate(run => Score.Of(run.Answer == run.Data.A + run.Data.B))
    .Add("small", from a in Enumerable.Range(1, 5) from b in Enumerable.Range(1, 5) select new Sum(a, b))
    .Add("large", from a in Enumerable.Range(1, 5) select new Sum(a * 1111, a * 2222))
    .Repeat(3)
    .Prices(new PriceTable(new Dictionary<string, ModelPrice> { ["adder"] = new(Input: 1, Output: 4) }));

ChatResults<Sum, int> results = await experiment.RunAsync(args);
Console.WriteLine(results.Summary);
foreach ((string batch, ChatSummary summary) in results.SummaryBy(run => run.Address.Batch))
    Console.WriteLine($"\n{batch}\n{summary}");

ChatRun<Sum, int> wrong = results.Runs.First(run => run.Score?.Value == 0);
Console.WriteLine($"\n{wrong.Address} was wrong:");
foreach (ChatMessage message in wrong.Context) Console.WriteLine($"  {message.Role}: {message.Text}");

// The stand-in forgets to carry beyond the thousands.
static string Add(string question)
{
    string[] words = question.Split(' ');
    (int a, int b) = (int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture));
    return $"{(a + b >= 10_000 ? a + b - 10_000 : a + b)}";
}

record Sum(int A, int B);
