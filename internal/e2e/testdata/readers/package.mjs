// Reads the open data by its own description: checks datapackage.json against the profile of Frictionless, and each table against its schema;
// loads all tables into SQLite with the types, keys and references that the description gives; and opens each in a spreadsheet program's
// reader, which must find texts and numbers, but no formula.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import frictionless from "datapackage";
import initSqlite from "sql.js";
import spreadsheet from "xlsx";

const [site] = process.argv.slice(2);
const folder = join(site, "data");
const descriptor = JSON.parse(readFileSync(join(folder, "datapackage.json"), "utf8"));
const say = (finding) => console.log(finding);
const tables = descriptor.resources.filter((r) => r.profile === "tabular-data-resource");

// The rows of each table, read by its description.
const rows = new Map();
const dataPackage = await frictionless.Package.load(descriptor, { basePath: folder, strict: false });
for (const error of dataPackage.errors) say(`datapackage.json: ${error.message}`);
for (const { name } of tables) {
  const resource = dataPackage.getResource(name);
  try {
    await resource.read({ keyed: true, relations: true });
    rows.set(name, await resource.read({ keyed: true }));
  } catch (error) {
    for (const e of error.errors?.length ? error.errors : [error]) say(`${name}: ${e.message}`);
  }
}
for (const resource of descriptor.resources) {
  const size = readFileSync(join(folder, resource.path)).length;
  if (size !== resource.bytes) say(`${resource.name}: ${size} bytes, not ${resource.bytes}`);
}

await stored();
tables.forEach(opened);

// stored loads the tables into SQLite, the parts of one that is split into one table, and follows every reference there.
async function stored() {
  const { Database } = await initSqlite();
  const db = new Database();
  const whole = new Map(tables.map(({ table }) => [table, tables.filter((resource) => resource.table === table)]));
  const all = (query) => db.exec(query)[0]?.values ?? [];
  for (const [table, [{ schema }]] of whole) db.run(`CREATE TABLE "${table}" (${definitions(schema).join(", ")})`);
  for (const [table, resources] of whole) {
    const { fields } = resources[0].schema;
    const insert = db.prepare(`INSERT INTO "${table}" VALUES (${fields.map(() => "?").join(", ")})`);
    const known = resources.flatMap(({ name }) => rows.get(name) ?? []);
    for (const row of known) {
      try {
        insert.run(fields.map((f) => plain(row[f.name])));
      } catch (error) {
        say(`${table}: SQLite: ${error.message}: ${JSON.stringify(row).slice(0, 200)}`);
      }
    }
    const wanted = resources.flatMap(({ path }) => json(path));
    const [[count]] = all(`SELECT count(*) FROM "${table}"`);
    if (count !== wanted.length) say(`${table}: ${count} rows in SQLite, ${wanted.length} in the JSON files`);
  }
  for (const [table, row, target] of all("PRAGMA foreign_key_check")) say(`${table}: row ${row} refers to a row of ${target} that is not there`);
  for (const [table, resources] of whole) {
    for (const { name, delimiter, reference } of resources[0].schema.fields.filter((f) => f.delimiter && f.reference)) {
      const ids = new Set(all(`SELECT "${reference.fields}" FROM "${reference.table}"`).flat());
      for (const row of resources.flatMap((resource) => rows.get(resource.name) ?? [])) {
        const missing = (row[name] ?? "").split(delimiter).filter((id) => id && !ids.has(id));
        if (missing.length) say(`${table}.${name}: no ${missing} in ${reference.table}`);
      }
    }
  }
  const [[joined]] = all("SELECT count(*) FROM steps JOIN pledges ON steps.pledge = pledges.id");
  const [[steps]] = all("SELECT count(*) FROM steps");
  if (joined !== steps || steps === 0) say(`${joined} of ${steps} steps find their pledge`);
}

// definitions returns the columns and the keys of a table as SQLite takes them.
function definitions({ fields, primaryKey }) {
  const quoted = (names) => [names].flat().map((name) => `"${name}"`).join(", ");
  const types = { integer: "INTEGER", number: "NUMERIC", boolean: "INTEGER" };
  const list = fields.map(({ name, type, constraints: c }) => `"${name}" ${types[type] ?? "TEXT"}${c?.required ? " NOT NULL" : ""}${c?.unique ? " UNIQUE" : ""}`);
  list.push(`PRIMARY KEY (${quoted(primaryKey)})`);
  for (const { name, delimiter, reference } of fields) {
    if (reference && !delimiter) list.push(`FOREIGN KEY ("${name}") REFERENCES "${reference.table}" ("${reference.fields}")`);
  }
  return list;
}

// json returns the rows of a CSV file as the JSON file beside it has them.
function json(path) {
  return JSON.parse(readFileSync(join(folder, path.replace(/csv$/, "json")), "utf8"));
}

// plain returns a value as SQLite takes it.
function plain(value) {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "boolean" ? Number(value) : value;
}

// opened opens a table as a spreadsheet program does, and holds the cells against the JSON file.
function opened({ path, schema }) {
  const book = spreadsheet.read(readFileSync(join(folder, path), "utf8"), { type: "string", raw: false, cellFormula: true, cellDates: false });
  const sheet = book.Sheets[book.SheetNames[0]];
  for (const [cell, { f, t }] of Object.entries(sheet).filter(([key]) => !key.startsWith("!"))) {
    if (f !== undefined || t === "e") say(`${path}: ${cell} is a formula or an error: ${f}`);
  }
  const wanted = json(path);
  const read = spreadsheet.utils.sheet_to_json(sheet, { raw: true, defval: null });
  if (read.length !== wanted.length) say(`${path}: the spreadsheet has ${read.length} rows, not ${wanted.length}`);
  const exact = (f) => f.type === "number" || f.type === "integer" || (f.constraints?.pattern ?? "").startsWith("[a-z0-9]");
  for (const { name } of schema.fields.filter(exact)) {
    read.forEach((row, i) => {
      if (String(row[name]) !== String(wanted[i]?.[name])) say(`${path}: row ${i + 1}: ${name} is ${row[name]}, not ${wanted[i]?.[name]}`);
    });
  }
}
