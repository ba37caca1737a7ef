using System.Security.Cryptography;

namespace Assay.Cli.Tests;

/// <summary>A store with one of everything: three sessions of two experiments, all statuses, artifacts, series, logs, retries.</summary>
internal static class SampleStore
{
    public const string Model = "weights: 1 2 3";

    public static StoreFixture Make()
    {
        var store = new StoreFixture();
        store.Blob(Model);
        store.Journal("20260102-030405-iris-0001")
            .Session(members: """
                "Model.Fit(double)":"aaaaaaaaaaaaaaaa","Model.Old()":"bbbbbbbbbbbbbbbb","operation(int)":"1111111111111111",
                "package:MathNet":"5.0.0"
                """.OneLine(),
                context: """{"data":{"path":"iris.csv"},"epochs":10}""", commit: "abc123")
            .Begin(1).Line(1, "series", """{"name":"loss","steps":[0,1,2],"values":[1.5,0.5,"NaN"],"time_ms":[0,1,2]}""")
            .Artifact(1, "model", Model)
            .Line(1, "artifact", """
                {"name":"confusion","kind":"data","format":"json","size":9,"dtype":"int32","shape":[2,2],"data":[[1,0],[0,1]]}
                """.OneLine())
            .Line(1, "log", """{"level":"information","message":"epoch 1"}""")
            .Line(1, "log", """{"level":"warning","message":"odd \u001b[31mred\u001b[0m value\nsecond line"}""")
            .Line(1, "row", """{"fold":1,"accuracy":0.9}""")
            .End(1, metrics: """{"accuracy":0.95,"loss":"NaN","epochs":10,"verdict":"good"}""")
            .Begin(2, """{"lr":0.01,"hidden":8}""")
            .End(2, "failed", "{}", error: """
                {"kind":"exception","type":"System.InvalidOperationException","message":"diverged [at once]",
                "stack":"   at Model.Fit(Double lr) in model.cs:line 12\n   at Program.Main()"}
                """.OneLine(), ms: 20)
            .Begin(3, """{"lr":0.001,"hidden":8}""");
        store.Journal("20260103-000000-iris-0002").At(3600)
            .Session(code: "newer", members: """
                "Model.Fit(double)":"cccccccccccccccc","Model.New()":"dddddddddddddddd","operation(int)":"1111111111111111",
                "package:MathNet":"5.0.1"
                """.OneLine(),
                context: """{"data":{"path":"iris.csv"},"epochs":20}""", commit: "def456")
            .Begin(4, code: "newer", context: "c1", commit: "def456", more: ",\"tags\":[\"tuned\"],\"metadata\":{\"author\":\"me\"}").End(4)
            .Begin(2, """{"lr":0.01,"hidden":8}""", attempt: 2).End(
                2, "cancelled", "{}", attempt: 2, error: """{"kind":"cancelled","type":"","message":"stopped","stack":null}""");
        store.Journal("20260104-000000-pi-0003", "pi", "2").At(7200)
            .Session().Begin(5, """{"samples":1000}""", replicate: 3).End(5, metrics: """{"pi":3.5}""", ms: 61_000);
        return store;
    }

    /// <summary>Adds run 7 with a text <c>logs/out put</c>, a picture <c>bits</c>, and a directory <c>tree</c> that has the text.</summary>
    /// <returns>The list of the files of the directory, which is its content.</returns>
    public static string AddArtifacts(StoreFixture store, string text, byte[] picture)
    {
        store.Blob(text);
        string sha = Convert.ToHexStringLower(SHA256.HashData(picture));
        Directory.CreateDirectory(store.File("artifacts", sha[..2]));
        File.WriteAllBytes(store.File("artifacts", sha[..2], sha[2..]), picture);
        string manifest = $$"""{"files":[{"path":"a/b.txt","size":{{text.Length}},"sha256":"{{StoreFixture.Hash(text)}}"}]}""";
        store.Blob(manifest);
        store.Journal("q").At(9000).Begin(7).Artifact(7, "logs/out put", text)
            .Line(7, "artifact", $$"""
                {"name":"bits","kind":"bytes","format":"png","size":{{picture.Length}},"sha256":"{{sha}}"}
                """.OneLine()).Artifact(7, "tree", manifest, kind: "directory").End(7);
        return manifest;
    }
}
