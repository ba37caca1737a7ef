// node table.mjs read ENGINE FORMAT PATH [EVERY]   prints {"rows": n, "columns": [{"name", "type", "nulls", "sum", "length", "values": [text or null]}]};
//                                                  values are those of every EVERY-th row; sum is of numbers, length of the characters of texts
// node table.mjs write ENGINE FORMAT PATH [ROWS]   writes a table of 1000 rows in the engine's default encodings; duckdb:OPTION=VALUE adds an
//                                                  option to its COPY, polars:compression=VALUE one to its writer of Arrow; polars:types and
//                                                  arrow:types write every type, arrow:growing and arrow:replaced dictionaries that change
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const [, , action, engine, format, path, argument] = process.argv;
const [library, option] = engine.split(":");
const every = action === "read" ? Number(argument ?? 1) : 1;
const rowCount = action === "write" ? Number(argument ?? 1000) : 0;

async function duck() {
  const { DuckDBInstance } = require("@duckdb/node-api");
  return (await DuckDBInstance.create(":memory:")).connect();
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

async function readDuck() {
  const connection = await duck();
  await connection.run("SET TimeZone = 'UTC'");
  const reader = { csv: "read_csv", json: "read_json", ndjson: "read_json", parquet: "read_parquet" }[format];
  const source = `${reader}('${path}')`;
  const described = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`)).getRowsJson();
  const shown = described.map(([name, type]) => {
    if (type === "TIMESTAMP WITH TIME ZONE") return `epoch_us(${quoted(name)})::VARCHAR`;
    if (type.startsWith("TIMESTAMP")) return `epoch_ns(${quoted(name)})::VARCHAR`;
    return `${quoted(name)}::VARCHAR`;
  });
  const numbered = `(SELECT *, row_number() OVER () - 1 AS "row number" FROM ${source})`;
  const rows = (await connection.runAndReadAll(`SELECT ${shown.join(", ")} FROM ${numbered} WHERE "row number" % ${every} = 0 ORDER BY "row number"`)).getRowsJson();
  const totals = described.flatMap(([name, type]) => [
    `count(*) - count(${quoted(name)})`,
    /INT|DOUBLE/.test(type) ? `sum(${quoted(name)})::DOUBLE` : "NULL",
    type === "VARCHAR" ? `sum(length(${quoted(name)}))::DOUBLE` : "NULL",
  ]);
  const [[count, ...all]] = (await connection.runAndReadAll(`SELECT count(*), ${totals.join(", ")} FROM ${source}`)).getRowsJson();
  const columns = described.map(([name, type], i) => {
    const [nulls, sum, length] = all.slice(3 * i);
    return { name, type, nulls: Number(nulls), sum, length, values: rows.map((row) => row[i]) };
  });
  return { rows: Number(count), columns };
}

function readPolars() {
  const pl = require("nodejs-polars");
  const read = { csv: pl.readCSV, json: pl.readJSON, ndjson: (file) => pl.scanJson(file, { inferSchemaLength: null }).collectSync(), parquet: pl.readParquet, ipc: pl.readIPC, ipc_stream: pl.readIPCStream, avro: pl.readAvro };
  const options = format === "csv" ? { inferSchemaLength: null } : {};
  // Of a path with an extension it does not expect polars would take the name for the content.
  const frame = read[format](format.startsWith("ipc") ? readFileSync(path) : path, options);
  const text = (series) => (String(series.dtype).includes("Datetime") || String(series.dtype).includes("Duration") ? series.cast(pl.Int64) : series).cast(pl.Utf8).toArray();
  const columns = frame.columns.map((name) => {
    const series = frame.getColumn(name);
    const type = String(series.dtype);
    const sum = /Int|Float/.test(type) ? series.cast(pl.Float64).sum() : null;
    const length = /String|Utf8/.test(type) ? series.str.lengths().cast(pl.Float64).sum() : null;
    return { name, type, nulls: series.nullCount(), sum, length, values: text(every === 1 ? series : series.gatherEvery(every)) };
  });
  return { rows: frame.height, columns };
}

async function writeDuck() {
  const connection = await duck();
  const extra = option ? `, ${option.replace("=", " ")}` : "";
  await connection.run(`COPY (
    SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE i END AS "int",
           (i % 5)::INTEGER AS small,
           CASE i % 10 WHEN 0 THEN NULL WHEN 1 THEN 'NaN'::DOUBLE WHEN 2 THEN 'Infinity'::DOUBLE ELSE i / 8 END AS "double",
           CASE WHEN i % 3 = 0 THEN NULL ELSE 'Zürich ' || (i % 4) END AS label,
           'row ' || i AS unique_text,
           i % 2 = 0 AS flag,
           TIMESTAMPTZ '2024-01-01 00:00:00+00' + INTERVAL (i) SECOND AS "time"
    FROM range(${rowCount}) t(i)) TO '${path}' (FORMAT ${{ ndjson: "json", json: "json, ARRAY true" }[format] ?? format}${extra})`);
}

function typesOfPolars(pl) {
  const rows = [0, 1, 2, 3, 4, 5];
  // The third row is null in every column.
  const each = (name, value, type) => pl.Series(name, rows.map((i) => (i === 2 ? null : value(i))), type);
  const numbers = ["Int8", "Int16", "Int32", "UInt8", "UInt16", "UInt32", "Float32"].map((type) => each(type.toLowerCase(), (i) => i, pl[type]));
  const times = (name, type) => each(name, (i) => new Date(86400000 * i + 1), pl.Datetime("ms")).cast(type);
  return pl.DataFrame([
    ...numbers,
    each("uint64", (i) => i, pl.Int64).cast(pl.UInt64),
    each("long", (i) => `a text of more than twelve bytes, ü${i}`, pl.Utf8),
    each("short", (i) => `ü${i}`, pl.Utf8),
    each("category", (i) => `c${i % 2}`, pl.Utf8).cast(pl.Categorical),
    times("date", pl.Date),
    times("micro", pl.Datetime("us")),
    times("nano", pl.Datetime("ns")),
    times("zoned", pl.Datetime("ms", "Europe/Zurich")),
    each("duration", (i) => i * 1000, pl.Int64).cast(pl.Duration("ms")),
    each("list", (i) => [i, null, i + 1], pl.List(pl.Int64)),
    each("texts", (i) => ["a", `b${i}`], pl.List(pl.Utf8)),
    pl.DataFrame({ a: rows, b: rows.map(String) }).toStruct("struct"),
    each("decimal", (i) => i + 0.25, pl.Float64).cast(pl.Decimal(10, 3)),
  ]);
}

function writePolars() {
  const pl = require("nodejs-polars");
  const count = [...Array(rowCount).keys()];
  const frame = option === "types" ? typesOfPolars(pl) : pl.DataFrame({
    int: pl.Series("int", count.map((i) => (i % 7 === 0 ? null : i)), pl.Int64),
    small: pl.Series("small", count.map((i) => i % 5), pl.Int32),
    double: pl.Series("double", count.map((i) => [null, NaN, Infinity][i % 10] ?? (i % 10 === 0 ? null : i / 8)), pl.Float64),
    label: pl.Series("label", count.map((i) => (i % 3 === 0 ? null : `Zürich ${i % 4}`)), pl.Utf8),
    unique_text: pl.Series("unique_text", count.map((i) => `row ${i}`), pl.Utf8),
    flag: pl.Series("flag", count.map((i) => i % 2 === 0), pl.Bool),
    time: pl.Series("time", count.map((i) => new Date(1704067200000 + i * 1000)), pl.Datetime("ms")),
  });
  const write = { csv: "writeCSV", json: "writeJSON", ndjson: "writeJSON", parquet: "writeParquet", ipc: "writeIPC", ipc_stream: "writeIPCStream", avro: "writeAvro" };
  const [, compression] = option?.split("=") ?? [];
  const options = compression ? [{ compression }] : { json: [{ format: "json" }], ndjson: [{ format: "lines" }] }[format] ?? [];
  frame[write[format]](path, ...options);
}

const readers = { polars: readPolars, duckdb: readDuck, arrow: async () => (await import("./arrow.mjs")).readArrow(path) };
const writers = { polars: writePolars, duckdb: writeDuck, arrow: async () => (await import("./arrow.mjs")).writeArrow(option, format, path) };
if (action === "read") process.stdout.write(JSON.stringify(await readers[library]()));
else await writers[library]();
