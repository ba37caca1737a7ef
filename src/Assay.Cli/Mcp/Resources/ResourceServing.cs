using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Mcp;

/// <summary>The store, its runs and their artifacts as resources. Thread-safe.</summary>
internal sealed class ResourceServing(ToolServing serving, ServedStore served)
{
    private const int RunsOfAPage = 50;
    private const int ShortIdLength = 8;

    private static readonly Dictionary<string, JsonElement> NoArguments = [];

    public static ListResourceTemplatesResult Templates() => new()
    {
        ResourceTemplates =
        [
            new ResourceTemplate
            {
                Name = "run",
                Title = "A run",
                UriTemplate = ResourceAddress.RunTemplate,
                MimeType = MediaTypes.Json,
                Description = $"Everything the store holds of a run, as get_run gives it. The id: {RunAddress.ToolForms}",
            },
            new ResourceTemplate
            {
                Name = "artifact",
                Title = "An artifact of a run",
                UriTemplate = ResourceAddress.ArtifactTemplate,
                Description = "The content of an artifact or piece of data: text, or else a blob. Long content comes in parts, each naming "
                    + "the next; file names a file in a folder, whose own content is the list of its files",
            },
        ],
    };

    /// <exception cref="McpProtocolException">The store cannot be read, or the cursor is none.</exception>
    public ValueTask<ListResourcesResult> ListAsync(string? cursor, CancellationToken cancellation) =>
        serving.DoAsync(() => List(cursor, cancellation), "resources/list", Refuse<ListResourcesResult>, cancellation);

    /// <exception cref="McpProtocolException">There is no such resource; the message says why.</exception>
    public ValueTask<ReadResourceResult> ReadAsync(string uri, CancellationToken cancellation) =>
        serving.DoAsync(
            () => new ReadResourceResult { Contents = Read(uri, cancellation) }, "resources/read", Refuse<ReadResourceResult>,
            cancellation);

    private static TResult Refuse<TResult>(string message) =>
        throw new McpProtocolException(Printable.Block(message), McpErrorCode.InvalidParams);

    private ListResourcesResult List(string? cursor, CancellationToken cancellation)
    {
        // The newest runs first, each followed by what it stored. A page ends where it is full, in the middle of a run if need be, and the
        // cursor says where.
        Results all = served.Open().LoadAll(earlier: true);
        (int place, int given) = cursor is null ? (all.Count - 1, 0) : Begin(all, cursor);
        var page = new ResourcePage();
        if (cursor is null) page.TryAdd(Overview(all));
        for (int last = Math.Max(0, place - RunsOfAPage + 1); place >= last; (place, given) = (place - 1, 0))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (Resource resource in Of(all[place]).Skip(given))
            {
                if (!page.TryAdd(resource)) return page.Result($"{all[place].Id}.{given.ToString(CultureInfo.InvariantCulture)}");
                given++;
            }
        }

        return page.Result(place >= 0 ? $"{all[place].Id}.0" : null);
    }

    /// <summary>The run in which a page begins, and how many of its resources were given before.</summary>
    private static (int Place, int Given) Begin(Results all, string cursor)
    {
        string[] parts = cursor.Split('.');
        int place = parts.Length == 2 ? all.IndexOf(parts[0]) : -1;
        return place >= 0 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? (place, given)
            : throw new AssayException($"cursor is '{Words.Cut(cursor, 60)}'; "
                + "expected the nextCursor of an earlier answer. Leave it out to begin anew.");
    }

    private static Resource Overview(Results all) => new()
    {
        Name = "store",
        Title = "Overview of the store",
        Uri = ResourceAddress.Store,
        MimeType = MediaTypes.Json,
        Description = $"{Words.Count(all.Count, "run")}: experiments, newest runs, recorded values",
    };

    private static IEnumerable<Resource> Of(RunRecord run)
    {
        string title = $"{ResourcePage.Short(Words.Title(run.Experiment, run.Version))}, {RunStatusText.Text(run.Status)}, "
            + $"{Words.Time(run.StartedAt)} UTC";
        string uri = new ResourceAddress(run.Id).ToString();
        yield return new Resource { Name = run.Id, Title = title, Uri = uri, MimeType = MediaTypes.Json };
        foreach (ArtifactInfo artifact in run.Artifacts)
        {
            yield return new Resource
            {
                Name = ResourcePage.Short(artifact.Name),
                Title = $"{ResourcePage.Short(artifact.Name)} of run {run.Id[..ShortIdLength]}",
                Uri = new ResourceAddress(run.Id, artifact.Name).ToString(),
                Size = artifact.Kind == "directory" ? null : artifact.Size,
                Description = ResourcePage.Short($"{artifact.Kind}, {artifact.Format}"),
            };
        }
    }

    private IList<ResourceContents> Read(string uri, CancellationToken cancellation)
    {
        var address = ResourceAddress.Parse(uri);
        if (address.Run is not { } named) return Json(uri, QuestionCatalog.Overview, served.Call(NoArguments, cancellation));
        if (address.Artifact is null)
            return Json(
                uri, QuestionCatalog.Run,
                served.Call(
                    new Dictionary<string, JsonElement> { ["run"] = JsonSerializer.SerializeToElement(named, ToolJson.Default.String) },
                    cancellation));
        Store store = served.Open();
        Results all = store.LoadAll(earlier: true);
        RunRecord run = served.Call(NoArguments, cancellation).Find(all, named);
        using var content = ArtifactContent.Open(store, run, address.Artifact, address.File);
        return ArtifactContents.Of(address with { Run = run.Id }, content);
    }

    private static TextResourceContents[] Json(string uri, Question question, QuestionCall call)
    {
        JsonObject json = question.ToToolJson(question.Ask(call), call);
        return [new TextResourceContents { Uri = uri, MimeType = MediaTypes.Json, Text = json.ToJsonString(JsonText.Plain) }];
    }
}
