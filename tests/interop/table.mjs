// node table.mjs read ENGINE FORMAT PATH    prints {"rows": n, "columns": [{"name", "type", "values": [text or null]}]}
// node table.mjs write ENGINE FORMAT PATH   writes a table of 1000 rows in the engine's default encodings;
//                                           duckdb:OPTION=VALUE adds an option to its COPY
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const [, , action, engine, format, path] = process.argv;

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
  const rows = (await connection.runAndReadAll(`SELECT ${shown.join(", ")} FROM ${source}`)).getRowsJson();
  return { rows: rows.length, columns: described.map(([name, type], i) => ({ name, type, values: rows.map((row) => row[i]) })) };
}

function readPolars() {
  const pl = require("nodejs-polars");
  const read = { csv: pl.readCSV, json: pl.readJSON, parquet: pl.readParquet, ipc: pl.readIPC, ipc_stream: pl.readIPCStream, avro: pl.readAvro };
  const options = format === "csv" ? { inferSchemaLength: null } : {};
  // Of a path with an extension it does not expect polars would take the name for the content.
  const frame = read[format](format.startsWith("ipc") ? readFileSync(path) : path, options);
  const text = (series) => (String(series.dtype).includes("Datetime") ? series.cast(pl.Int64) : series).cast(pl.Utf8).toArray();
  return {
    rows: frame.height,
    columns: frame.columns.map((name) => ({ name, type: String(frame.getColumn(name).dtype), values: text(frame.getColumn(name)) })),
  };
}

async function writeDuck() {
  const connection = await duck();
  const [, option] = engine.split(":");
  const extra = option ? `, ${option.replace("=", " ")}` : "";
  await connection.run(`COPY (
    SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE i END AS "int",
           (i % 5)::INTEGER AS small,
           CASE i % 10 WHEN 0 THEN NULL WHEN 1 THEN 'NaN'::DOUBLE WHEN 2 THEN 'Infinity'::DOUBLE ELSE i / 8 END AS "double",
           CASE WHEN i % 3 = 0 THEN NULL ELSE 'Zürich ' || (i % 4) END AS label,
           'row ' || i AS unique_text,
           i % 2 = 0 AS flag,
           TIMESTAMPTZ '2024-01-01 00:00:00+00' + INTERVAL (i) SECOND AS "time"
    FROM range(1000) t(i)) TO '${path}' (FORMAT ${{ ndjson: "json", json: "json, ARRAY true" }[format] ?? format}${extra})`);
}

function writePolars() {
  const pl = require("nodejs-polars");
  const count = [...Array(1000).keys()];
  const frame = pl.DataFrame({
    int: pl.Series("int", count.map((i) => (i % 7 === 0 ? null : i)), pl.Int64),
    small: pl.Series("small", count.map((i) => i % 5), pl.Int32),
    double: pl.Series("double", count.map((i) => [null, NaN, Infinity][i % 10] ?? (i % 10 === 0 ? null : i / 8)), pl.Float64),
    label: pl.Series("label", count.map((i) => (i % 3 === 0 ? null : `Zürich ${i % 4}`)), pl.Utf8),
    unique_text: pl.Series("unique_text", count.map((i) => `row ${i}`), pl.Utf8),
    flag: pl.Series("flag", count.map((i) => i % 2 === 0), pl.Bool),
    time: pl.Series("time", count.map((i) => new Date(1704067200000 + i * 1000)), pl.Datetime("ms")),
  });
  const write = { csv: "writeCSV", json: "writeJSON", ndjson: "writeJSON", parquet: "writeParquet", ipc: "writeIPC", ipc_stream: "writeIPCStream", avro: "writeAvro" };
  frame[write[format]](path, ...(format === "json" ? [{ format: "json" }] : format === "ndjson" ? [{ format: "lines" }] : []));
}

const isPolars = engine === "polars";
if (action === "read") process.stdout.write(JSON.stringify(isPolars ? readPolars() : await readDuck()));
else await (isPolars ? writePolars() : writeDuck());
