// Reads the lists of sources with citation.js, and holds them against the table of sources.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { plugins } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";

const [site] = process.argv.slice(2);
const file = (name) => readFileSync(join(site, "data", name), "utf8");
const wanted = JSON.parse(file("sources.json"));

for (const name of ["sources.csl.json", "sources.bib", "sources.ris"]) {
  const found = plugins.input.chain(file(name), { generateGraph: false });
  if (found.length !== wanted.length) console.log(`${name}: ${found.length} sources instead of ${wanted.length}`);
  found.forEach((item, i) => compare(name, item, wanted[i] ?? {}));
}

// compare reports what the reader takes otherwise than the table has it. From RIS citation.js takes, for some types, the year alone
// and no author; in BibTeX it writes %2C as %252C.
function compare(name, item, row) {
  const same = (what, got, want) => {
    if ((got ?? "") !== (want ?? "")) console.log(`${name}: ${row.id}: ${what} is ${JSON.stringify(got)}, not ${JSON.stringify(want)}`);
  };
  const ris = name.endsWith(".ris");
  const date = item.issued?.["date-parts"]?.[0] ?? [];
  const wantedDate = (row.issued?.match(/^[\d-]+/)?.[0] ?? "").split("-").filter(Boolean).map(Number);
  same("id", item.id, row.id);
  same("title", item.title, row.title);
  same("address", item.URL && bare(item.URL), row.url && bare(row.url));
  same("date", date.join("-"), wantedDate.slice(0, ris && date.length ? date.length : 3).join("-"));
  if (!ris || item.author) same("authors", item.author?.map(written).join("; "), row.authors.join("; "));
}

// bare returns an address without its escapes.
function bare(url) {
  return decodeURIComponent(url.replaceAll("%25", "%"));
}

// written returns a name as it was written.
function written(name) {
  return name.literal ?? [name.given, name.family].filter(Boolean).join(" ");
}
