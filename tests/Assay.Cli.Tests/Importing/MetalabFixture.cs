using System.Text;

namespace Assay.Cli.Tests.Importing;

/// <summary>
/// A collection as metalab's file store writes it, made by hand: indented JSON with sorted keys, bare NaN, local times without a zone,
/// absolute addresses of another machine.
/// </summary>
internal sealed class MetalabFixture : IDisposable
{
    public const string One = "771c07e0fcc38c97";
    public const string Two = "0a1b2c3d4e5f6071";
    public const string Three = "ffffffffffffffff";
    private readonly TempFolder _folder = new();

    public string Root => _folder.File("experiments");

    public string Store => _folder.File("store");

    public string File(params string[] parts) => Path.Combine([Root, "iris_2", .. parts]);

    /// <summary>Three runs of one experiment with one of everything, and a second experiment.</summary>
    public static MetalabFixture Make()
    {
        var metalab = new MetalabFixture();
        metalab.Write("_meta.json", """{"created_by":"metalab","experiment_id":"iris:2","schema_version":"0.1"}""");
        metalab.Write("experiments/iris_2_20260102_030405.json", Manifest("2026-01-02T03:04:05"));
        metalab.Write("experiments/iris_2_20260103_030405.json", Manifest("2026-01-03T03:04:05"));
        metalab.Write("iris:2_context_manifest.json", """
            {"context_fingerprint":"c0c0c0c0c0c0c0c0","experiment_id":"iris:2","resolved_fields":{"context.data":{"hash":"aa",
            "type":"FilePath"}}}
            """.OneLine());
        metalab.Record(
            One, "success",
            """
            {"acc": 0.95, "big": 9007199254740993, "bigger": 123456789012345678901234567890, "best": Infinity, "loss": NaN, "ok": true, 
             "verdict": "gr\u00f6\u00dfe \ud83d\ude00", "none": null}
            """,
            $$"""
            [
                {"artifact_id": "a-1", "content_hash": "{{StoreFixture.Hash("{\n  \"a\": 1\n}")[..16]}}", "format": "json", "kind": "json",
                 "metadata": {"_run_id": "{{One}}", "split": "test"}, "name": "summary", "size_bytes": 12,
                 "uri": "/old/machine/experiments/iris_2/artifacts/{{One}}/summary.json"},
                {"artifact_id": "a-2", "content_hash": null, "format": "npz", "kind": "numpy",
                 "metadata": {}, "name": "weights", "size_bytes": 5,
                 "uri": "/old/machine/experiments/iris_2/artifacts/{{One}}/weights.npz"}
            ]
            """);
        metalab.Write($"artifacts/{One}/summary.json", "{\n  \"a\": 1\n}");
        metalab.Write($"artifacts/{One}/weights.npz", "bytes");
        metalab.Write($"artifacts/{One}/stray.txt", "told of nowhere");
        metalab.Write($"results/{One}/confusion.json", """
            {"data": [[5, 1], [0, 6]], "dtype": "int64", "metadata": null, "shape": [2, 2]}
            """.OneLine());
        metalab.Write($"results/{One}/summary.json", """
            {"data": {"x": NaN}, "dtype": null, "metadata": {"about": "same name as the artifact"}, "shape": null}
            """.OneLine());
        metalab.Write($"results/{One}/train/loss.json", """
            {"data": [[0, 1.5], [1, NaN], [2, 9]], "dtype": null, "metadata": {"type": "stepped_metric"}, "shape": [3, 2]}
            """.OneLine());
        metalab.Write($"results/{One}/exact.json", """
            {"data": [[0, 9007199254740993]], "dtype": null, "metadata": {"type": "stepped_metric"}, "shape": [1, 2]}
            """.OneLine());
        metalab.Write($"derived/{One}.json", """{"final": 0.5, "acc": 1}""");
        metalab.Write(
            $"logs/{One}_run.log",
            "2026-01-02 03:04:06 [INFO    ] [metalab.run.771c07e0.thread:1] epoch 1\nsecond line\n2026-01-02 03:04:07 [WARNING ] "
                + "[metalab.run.771c07e0.thread:1] größe\n");
        metalab.Write($"logs/{One}_stdout.log", "free text\r\nof any form\n");
        metalab.Record(
            Two, "failed", "{}", replicate: 1, hour: 4, error:
            """
            {"message": "diverged", "traceback": "Traceback (most recent call last):\n  File \"x.py\", line 1\nValueError: diverged",
             "type": "ValueError"}
            """);
        metalab.Record(Three, "running", "{}", replicate: 2, hour: 5);
        metalab.Write($"runs/{One}.done", "{}");
        metalab.Write(".locks/x.lock", "");
        metalab.Write("../pi_1/_meta.json", """{"created_by":"metalab","experiment_id":"pi:1","schema_version":"0.1"}""");
        metalab.Write("../pi_1/runs/" + One + ".json", RecordText(One, "pi:1", "cancelled", """{"pi": 3.5}""", "[]", "null", 0, 6));
        return metalab;
    }

    public void Record(
        string id, string status, string metrics, string artifacts = "[]", string error = "null", int replicate = 0, int hour = 3) =>
        Write($"runs/{id}.json", RecordText(id, "iris:2", status, metrics, artifacts, error, replicate, hour));

    public void Write(string path, string content)
    {
        string file = Path.GetFullPath(File(path.Split('/')));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, content, new UTF8Encoding(false));
    }

    public ToolResult Import(params string[] options) => Tool.Run(
        ["import", "metalab", Root, "--store", Store, "--time-zone", "Europe/Berlin", .. options]).Without(Store).Replacing(Root, "SOURCE");

    public Results Load() => Assay.Store.Open(Store).LoadAll();

    public RunRecord Load(string id) => Load().Single(r => r.Id.StartsWith(id, StringComparison.Ordinal) && r.Experiment == "iris");

    public void Dispose() => _folder.Dispose();

    // 42 and replicate 0 is the pair whose fingerprint the description gives.
    private static string RecordText(
        string id, string experiment, string status, string metrics, string artifacts, string error, int replicate, int hour) => $$"""
        {
          "_schema_version": "0.1",
          "artifacts": {{artifacts}},
          "context_fingerprint": "c0c0c0c0c0c0c0c0",
          "duration_ms": 1500,
          "error": {{error}},
          "experiment_id": "{{experiment}}",
          "finished_at": "2026-01-02T0{{hour}}:04:06.623456",
          "metrics": {{metrics}},
          "notes": {{(status == "success" ? "\"looks good\"" : "null")}},
          "params_fingerprint": "4037a23c0e062dc0",
          "params_resolved": {"lr": 0.01, "n": 3, "opt": {"name": "adam"}, "s": "x", "z": null},
          "provenance": {"code_hash": "c0dec0dec0dec0de", "executor_id": "thread",
            "extra": {}, "host": null, "metalab_version": null, "python_version": null},
          "run_id": "{{id}}",
          "seed_fingerprint": "{{(replicate == 0 ? "00ccca107734f362" : MetalabExperiment.SeedFingerprint(42, replicate))}}",
          "started_at": "2026-01-02T0{{hour}}:04:05.123456",
          "status": "{{status}}",
          "tags": ["tuned"],
          "warnings": []
        }
        """;

    private static string Manifest(string submitted) => $$"""
        {
          "context_fingerprint": "c0c0c0c0c0c0c0c0", "description": "flowers",
            "experiment_id": "iris:2", "metadata": {"author": "Ada"}, "name": "iris",
          "operation": {"code_hash": "c0dec0dec0dec0de", "name": "train", "ref": "lab:train"},
            "params": {"spec": {"lr": [0.01]}, "total_cases": 1, "type": "GridSource"},
          "run_ids": ["{{One}}", "{{Two}}", "{{Three}}"], "seeds": {"base": 42, "replicates": 3, "type": "SeedPlan"},
            "submitted_at": "{{submitted}}", "tags": ["flowers"], "total_runs": 3, "version": "2"
        }
        """;
}
