// Reads how each page is cited with citation.js: the three formats must be one citation, and lead to the page itself. Reads the record of
// each entry too, and expands the JSON-LD of each page with jsonld.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { plugins } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";
import jsonld from "jsonld";

const [site] = process.argv.slice(2);
const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith("index.html")).sort();

// entities are those that the site's pages have in attributes.
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#34": '"', "#39": "'", "#43": "+" };
const unescaped = (html) => html.replace(/&(#?\w+);/g, (_, name) => entities[name]);

// The context of schema.org is a file on the web, which a test does not ask for: all its terms are in one vocabulary.
const context = { "@vocab": "https://schema.org/", id: "@id", type: "@type" };
const documentLoader = async (url) => {
  if (url.replace(/\/$/, "") !== "https://schema.org") throw new Error(`the context ${url} is not that of schema.org`);
  return { document: { "@context": context }, documentUrl: url };
};

for (const name of pages) {
  const html = readFileSync(join(site, name), "utf8");
  const say = (finding) => console.log(`${name}: ${finding}`);
  cited(html, say);
  await linked(html, say);
}

// cited reads the citations of a page.
function cited(html, say) {
  const files = [...html.matchAll(/<a download="([^"]*)" href="data:[^;]*;charset=utf-8,([^"]*)"/g)];
  const read = files.map(([, name, text]) => [name, plugins.input.chain(decodeURIComponent(unescaped(text)), { generateGraph: false })]);
  for (const [name, items] of read) {
    if (items.length !== 1) say(`${name} has ${items.length} citations`);
    for (const key of ["id", "title", "URL"]) {
      const [got, want] = [items[0]?.[key], read.at(-1)[1][0][key]].map((v) => (key === "URL" ? v?.replaceAll("%25", "%") : v));
      if (got !== want) say(`${name}: ${key} is ${got}, not ${want}`);
    }
  }
  const record = html.match(/type="application\/json" title="[^"]*" href="([^"]*)"/)?.[1];
  if (record && files.length !== 3) say(`${files.length} formats of a citation`);
  if (!record) return;
  const { kind, url, title, sources } = JSON.parse(readFileSync(join(site, record), "utf8"));
  const item = read.at(-1)[1][0];
  if (item.title !== title || (kind !== "source" && item.URL !== url)) say(`the citation is of ${item.title} at ${item.URL}`);
  for (const source of sources) {
    if (plugins.input.chain([source.csl], { generateGraph: false })[0].title !== source.csl.title) say(`the source ${source.id} is not CSL`);
  }
}

// linked expands the JSON-LD of a page: each node must have a type, and each key a meaning.
async function linked(html, say) {
  const text = html.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)?.[1];
  if (!text) return;
  try {
    const expanded = await jsonld.expand(JSON.parse(text), { documentLoader, safe: true });
    if (expanded.length === 0) say("its JSON-LD says nothing");
  } catch (error) {
    say(`its JSON-LD: ${error.message} ${JSON.stringify(error.details ?? {})}`.slice(0, 300));
  }
}
