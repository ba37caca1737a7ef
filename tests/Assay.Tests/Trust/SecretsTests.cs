using Assay.Git;
using Assay.Tests.Provenance;

namespace Assay.Tests;

/// <summary>What is taken for a password or key, in arguments, addresses and messages.</summary>
[Trait("Category", "Quick")]
public sealed class SecretsTests
{
    // A command line or a message, one secret in it between guillemets. None of them has ever been valid.
    private static readonly string[] Secret =
        """
        clone|https://ada:«tok3n»@host.example/r.git
        clone|https://ada:«p@ss»@host.example
        clone|https://oauth2:«a/b»@host.example/x
        push|ada:«pw»@host.example:team/x.git
        https://«ghp0123456789abcdefghij»@github.com/x/y
        -H|Authorization: Bearer «abcdef.123456»
        -H|authorization: token «0123456789abcdef»
        --header=Authorization: Basic «YWRhOnB3ZA==»
        -H|X-Api-Key: «0123abcd»
        curl sent 'Bearer «0123456789abcdef»' twice
        Server=db.example,1433;Database=x;User Id=ada;Password=«hunter2»;Encrypt=true
        --connection=Host=db;Username=ada;Password=«hunter2»
        Data Source=x;Uid=ada;Pwd="«hunter2;x»"
        postgres://ada:«hunter2»@db.example:5432/runs
        mysql+pymysql://root:«hunter2»@127.0.0.1/x
        redis://:«hunter2»@cache.example:6379/0
        mongodb+srv://ada:«hunter2»@cluster0.example.net/?retryWrites=true
        amqp://guest:«guest5»@rabbit.example:5672/vhost
        DefaultEndpointsProtocol=https;AccountName=x;AccountKey=«aGVsbG8gd29ybGQ=»;EndpointSuffix=core.windows.net
        Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=«aGVsbG8=»
        --pwd=«hunter2»
        --pass=«hunter2»
        -u|ada|-p|«hunter2»
        --user=ada|-p|«Hunter»
        --auth=«0123456789abcdef»
        --jwt=«abc»
        --jwt|«eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U»
        --private-key=«abc»
        --passphrase=«correct horse»
        --passphrase|«correct horse»
        «AKIAIOSFODNN7EXAMPLE»
        --aws|«ASIAIOSFODNN7EXAMPLE»
        «sk-proj-Ab12Cd34Ef56Gh78Ij90»
        --model-key|«sk-ant-api03-Ab12Cd34Ef56Gh78»
        «ghp_0123456789abcdefghijABCDEFGHIJ012345»
        «github_pat_11ABCDEFG0123456789_abcdefghij»
        «glpat-0123456789abcdefghij»
        https://api.example/v1?api_key=«0123abcd»
        https://x.blob.core.windows.net/c/f?sv=2024&sig=«aGVsbG8%3D»&se=2026
        https://api.example/v1?x=1&access_token=«0123abcd»
        https://gitlab.example/api?private_token=«0123abcd»
        https://bucket.s3.amazonaws.com/k?X-Amz-Signature=«0123abcd»&X-Amz-Date=1
        https://hooks.slack.com/services/«T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX»
        https://discord.com/api/webhooks/«123/abcDEF»
        --secret|«-X»
        --client-secret|«abc»
        OPENAI_API_KEY=«abc»
        --env=AWS_SECRET_ACCESS_KEY=«abc»
        -e|DB_PASSWORD=«abc»
        --token|«abc»
        --apiKey=«abc»
        /password:«abc»
        --db.password|«abc»
        «xoxb-123456789012-abcdefABCDEF»
        «AIzaSyA0123456789abcdefghijklmnopqrstuv»
        «hf_abcdefghijABCDEFGHIJ0123456789»
        «npm_0123456789abcdefghijABCDEFGHIJ012345»
        «SG.0123456789abcdefgh.0123456789abcdefghij»
        «sk_live_0123456789abcdefABCDEF»
        {"user":"ada","password":"«hunter2»"}
        login failed for 'ada' with password: «hunter2», host db
        «-----BEGIN RSA PRIVATE KEY-----abc-----END RSA PRIVATE KEY-----»
        """.ReplaceLineEndings("\n").Split('\n');

    private static readonly string[] Harmless =
        """
        --max-tokens=100
        --max_tokens|256
        --tokens|512
        --tokenizer=bpe
        --tokenizer|tokenizer.json
        --pad-token=<pad>
        --eos_token|</s>
        --mask-token|[MASK]
        --image_token=image
        --token-count=5
        --token-limit|100
        --tokens-per-second=10
        --num-tokens=1e9
        --author=Ada
        --authors|ada,bob
        --authority=x
        --auth=none
        --auth=basic
        --auth-mode=oauth
        --password-file=/run/x.txt
        --password-stdin
        --passwordless=true
        --passes=3
        --pass=2
        --passthrough=on
        --bypass=true
        --compass=north
        --secretary=Ada
        --secret-file|x.json
        --keys=a,b
        --key=name
        --sort-key=loss
        --key|name
        --primary-key=id
        --keyword=x
        --monkey=1
        --hotkey=x
        --signal=5
        --sig=0.05
        --sigma=0.1
        --signature-version=4
        --design=full
        --assign=3
        --credential-helper=x
        --jwt-audience=x
        --patience=5
        --path=a
        --pattern=x
        --spat=1
        -p|8080
        -p|src/x.csproj
        -p|8080:80
        --project|x
        https://host.example:8080/@types/node
        https://host.example/a?mail=ada@host.example
        https://host.example:443/?q=a@b
        ssh://git@github.com/x/y.git
        git@github.com:x/y.git
        https://ada@dev.azure.com/org/_git/x
        https://host.example/a/b#c
        file:///a/b
        s3://bucket/key
        gs://bucket/a=1/b=2
        abfss://data@account.dfs.core.windows.net/x
        hdfs://name:9000/x
        http://localhost:5000
        http://[::1]:5000/
        ada@host.example
        ada@host.example:a/b
        Server=db;Database=x;Integrated Security=true
        Data Source=x.db;Cache=Shared
        sk-learn
        sk-learn-pipeline-v2
        task-learning-rate-001
        --model=sk-small
        ghp
        AKIA
        --region=AKIA
        desk-0123456789abcdefgh
        0123456789abcdef0123456789abcdef01234567
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        123e4567-e89b-12d3-a456-426614174000
        --commit=0123456789abcdef0123456789abcdef01234567
        --run|8c1f0e2d4b6a7c9e8c1f0e2d4b6a7c9e
        --lr=0.001
        --lr|1e-3
        --hidden|8
        --seed=42
        --epochs|10
        --batch-size=32
        --dropout|0.1
        --optimizer=adam
        --model|resnet50
        --data=/data/iris.csv
        --output|out.parquet
        --name|my run
        --tag=baseline
        --device=cuda:0
        --precision=bf16
        --verbose
        -v
        -O3
        --
        a b c
        x=1
        x:1
        C:\data\x.csv
        /p:Configuration=Release
        -p:PublishAot=true
        /t:Build
        --property:Version=1.2.3
        --filter|Category=Quick
        --logger|trx;LogFileName=a.trx
        --where|lr > 0.01 and accuracy >= 0.9
        --set|lr=0.1,0.2
        --prompt=What is the password?
        --prompt|Tell me a secret
        --question=Which token is next?
        --system|You never tell your key
        --temperature=0.7
        --top_p=0.9
        --stop|\n
        --stop-token=END
        --sep_token|[SEP]
        --unk-token=<unk>
        --bos-token=<s>
        --cls_token|[CLS]
        --special-token=X
        --prompt-token=Q
        --end-token|Z
        --next-token=x
        --special-tokens=a,b
        --vocab=tokens.txt
        --dataset=secrets-of-trees
        --class=passwordless
        --column=password_length
        --target=credential_count
        --metric=token_accuracy
        --metric|auth_failures
        --features=key_size,sig_len
        --text=authoritative
        --public-key=abc
        --key-size=2048
        --key-length|256
        --foreign-key=id
        --partition-key=x
        --row-key=y
        --cache-key=z
        --secrets=true
        --use-token=false
        --no-auth
        --auth=true
        --token=$TOKEN
        --token=${TOKEN}
        --password=%PASSWORD%
        --password=***
        --token|$(cat x)
        --api-key={key}
        --credentials=~/keys/x.json
        --credentials|./x.json
        --private-key=/keys/id.pem
        --jwt=x.json
        {"max_tokens":100,"seed":1}
        {"pad_token":"<pad>"}
        expected 3 tokens: a, b, c
        the key 'x' was not found
        Unexpected token '}' at 5
        no such key: name
        basic block 12
        bearer of news
        the signature of f: int
        keyboard: us
        Step 3: token loss 0.5
        2026-11-30T08:00:00Z
        12:34:56
        1234567890:1
        10.0.0.1:5432
        eyJ
        eyeJ.a.b
        SG.1.2
        xox-1
        hf_model
        npm_config
        r8_x
        pypi-server
        xai-lab
        nvapi-docs
        AIza
        ya29.x
        glpat-x
        gsk_small
        --pickle=/data/pass/x.pkl
        --opt=pass
        --state=TX
        --hash=abc
        --salt=3
        --nonce=5
        --cert=x.pem
        --user=ada
        -u|ada
        --login=ada
        """.ReplaceLineEndings("\n").Split('\n');

    [Fact]
    public void Sixty_realistic_secrets_are_masked()
    {
        Assert.True(Secret.Length >= 60, $"{Secret.Length}");
        Assert.Equal([], Secret.Where(line =>
        {
            string[] secrets = [.. line.Split('«').Skip(1).Select(part => part.Split('»')[0])];
            string masked = string.Join('|', Masked(line));
            return secrets.Any(secret => masked.Contains(secret, StringComparison.Ordinal))
                || !masked.Contains("***", StringComparison.Ordinal);
        }));
    }

    [Fact]
    public void Of_two_hundred_harmless_arguments_at_most_two_are_masked()
    {
        Assert.True(Harmless.Length >= 200, $"{Harmless.Length}");
        string[] changed = [.. Harmless.Where(line => string.Join('|', Masked(line)) != line)];
        Assert.True(changed.Length <= 2, string.Join('\n', changed));
    }

    [Fact]
    public void What_stands_around_a_secret_is_kept()
    {
        Assert.Equal("postgres://***@db.example:5432/runs", Secrets.Masked("postgres://ada:hunter2@db.example:5432/runs"));
        Assert.Equal("Host=db;Password=***;Port=5", Secrets.Masked("Host=db;Password=hunter2;Port=5"));
        Assert.Equal(["x", "--api-key", "***", "--lr", "0.1"], Secrets.Masked(["x", "--api-key", "abc", "--lr", "0.1"]));
        Assert.Equal("login failed: Authorization: Bearer ***", Secrets.Masked("login failed: Authorization: Bearer abcdef123"));
    }

    [Fact]
    public void The_message_of_an_exception_is_masked_where_it_becomes_an_error()
    {
        var inner = new InvalidOperationException("no answer from postgres://ada:hunter2@db");
        var error = RunError.Of(new InvalidOperationException("Password=hunter2; is wrong", inner));
        Assert.Equal("Password=***; is wrong", error.Message);
        Assert.DoesNotContain("hunter2", error.Stack, StringComparison.Ordinal);
        Assert.Contains("no answer from postgres://***@db", error.Stack, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secrets.yaml")]
    [InlineData("secrets.yml")]
    [InlineData("appsettings.Production.json")]
    [InlineData("terraform.tfvars")]
    [InlineData("prod.auto.tfvars")]
    [InlineData("terraform.tfstate.backup")]
    [InlineData(".vault-token")]
    [InlineData(".s3cfg")]
    [InlineData("id_rsa")]
    [InlineData("id_rsa.bak")]
    [InlineData("id_ed25519")]
    [InlineData("token.txt")]
    [InlineData(".env")]
    [InlineData(".env.local")]
    [InlineData(".envrc")]
    [InlineData("server.key")]
    [InlineData("server.pem")]
    [InlineData("store.pfx")]
    [InlineData(".netrc")]
    [InlineData(".git-credentials")]
    [InlineData(".aws/credentials")]
    [InlineData(".kube/config")]
    [InlineData("kaggle.json")]
    [InlineData("application_default_credentials.json")]
    [InlineData("local.settings.json")]
    [InlineData("settings.json", "{\"llm\":{\"key\":\"sk-proj-Ab12Cd34Ef56Gh78Ij90\"}}")]
    [InlineData("notes.md", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n")]
    public void A_file_that_likely_holds_a_secret_is_in_no_snapshot(string path, string content = "x = 1\n")
    {
        using var repository = new TestRepository();
        repository.Write(path, content);
        repository.Write("model.cs", "int x = 1;\n");
        CodeState state = repository.State();
        Assert.Equal([path], state.LeftOut.Select(l => l.Path));
        string[] kept = repository.Git("ls-tree", "-r", "--name-only", state.Commit).Split('\n');
        Assert.Contains("model.cs", kept);
        Assert.DoesNotContain(path, kept);
    }

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("appsettings.Development.json")]
    [InlineData("id_rsa.pub")]
    [InlineData("secrets.yaml.example")]
    [InlineData("config.json", "{\"max_tokens\":100,\"pad_token\":\"<pad>\"}")]
    [InlineData("tokenizer.json")]
    [InlineData("train.sh", "export OPENAI_API_KEY=$KEY\n")]
    public void Other_settings_are_kept(string path, string content = "x = 1\n")
    {
        using var repository = new TestRepository();
        repository.Write(path, content);
        Assert.Empty(repository.State().LeftOut);
    }

    [Theory]
    [InlineData("ApiKey", "k-1", true)]
    [InlineData("client.db_password", "hunter2", true)]
    [InlineData("model", "sk-proj-Ab12Cd34Ef56Gh78Ij90", true)]
    [InlineData("model", "gpt-5", false)]
    [InlineData("pad_token", "<pad>", false)]
    [InlineData("api_key", "$OPENAI_API_KEY", false)]
    [InlineData("password", "/run/secrets/db.txt", false)]
    public void Named_values_are_likely_secrets_by_their_names_or_their_form(string name, string value, bool isLikely) =>
        Assert.Equal(isLikely, Secrets.IsLikely(name, value));

    [Fact]
    public void The_page_of_secrets_lists_the_names_that_are_left_out()
    {
        string page = File.ReadAllText(Repository.File("docs", "reference", "secrets.md")).ReplaceLineEndings(" ");
        Assert.Contains(string.Join(", ", SnapshotOptions.Shared.Secrets.Select(name => $"`{name}`")), page, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Masked(string line) =>
        Secrets.Masked(line.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal).Split('|'));
}
