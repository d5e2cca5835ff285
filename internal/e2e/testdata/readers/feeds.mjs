// Reads every feed with parsers that readers are built on, and holds what each takes from RSS and Atom against the JSON Feed beside it;
// that one against what its own readers take. The list of feeds must lead to all of them.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { parseFeed } from "@rowanmanning/feed-parser";
import { XMLValidator } from "fast-xml-parser";
import FeedParser from "feedparser";
import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from "feedsmith";
import validate from "jsonfeed-validator";
import RSSParser from "rss-parser";

const [site] = process.argv.slice(2);
const read = (name) => readFileSync(join(site, name), "utf8");
const names = readdirSync(site, { recursive: true }).sort();
const folders = names.filter((name) => /(^|\/)feed\.json$/.test(name)).map(dirname);
if (folders.length < 3) console.log(`there are only ${folders.length} folders with feeds`);

for (const folder of folders) {
  const json = JSON.parse(read(join(folder, "feed.json")));
  const wanted = json.items.map((x) => ({
    id: x.id, title: x.title, link: x.url, content: x.content_html, text: x.content_html, summary: x.summary,
    published: x.date_published, updated: x.date_modified, author: x.authors[0].name, categories: x.tags,
  }));
  compare(join(folder, "feed.json, feedsmith"), (parseJsonFeed(json).items ?? []).map((x) => ({
    id: x.id, title: x.title, link: x.url, content: x.content_html, summary: x.summary, published: x.date_published, updated: x.date_modified,
    author: x.authors[0].name, categories: x.tags,
  })), wanted);
  for (const fault of validate(version1(json))) console.log(`${join(folder, "feed.json")}, jsonfeed-validator: ${fault.message}`);
  for (const name of ["feed.xml", "atom.xml"].map((name) => join(folder, name))) {
    const text = read(name);
    const fault = XMLValidator.validate(text);
    if (fault !== true) console.log(`${name}, fast-xml-parser: line ${fault.err.line}: ${fault.err.msg}`);
    compare(`${name}, feedsmith`, name.endsWith("feed.xml") ? smithRSS(text) : smithAtom(text), wanted);
    compare(`${name}, @rowanmanning/feed-parser`, rowan(text), wanted);
    compare(`${name}, rss-parser`, await rssParser(text), wanted);
    compare(`${name}, feedparser`, await feedParser(text), wanted);
  }
}

// Each channel is in the list, and nothing else is.
const listed = [];
const collect = (outline) => (outline.xmlUrl ? listed.push(new URL(outline.xmlUrl).pathname) : outline.outlines?.forEach(collect));
parseOpml(read("feeds.opml")).body.outlines.forEach(collect);
const there = folders.map((folder) => `/${join(folder, "feed.xml")}`);
for (const name of there) if (!listed.includes(name)) console.log(`feeds.opml does not list ${name}`);
for (const name of listed) if (!there.includes(name)) console.log(`feeds.opml lists ${name}, which is not there`);

function smithRSS(text) {
  return (parseRssFeed(text).items ?? []).map((x) => ({
    id: x.guid.value, title: x.title, link: x.link, content: x.content.encoded, summary: unescaped(x.description), published: x.pubDate, updated: x.atom.updated,
    author: x.dc.creators[0], categories: x.categories.map((c) => c.name),
  }));
}

function smithAtom(text) {
  return (parseAtomFeed(text).entries ?? []).map((x) => ({
    id: x.id, title: x.title.value, link: x.links.find((l) => l.rel === "alternate").href, content: x.content.value, summary: x.summary.value,
    published: x.published, updated: x.updated, author: x.authors[0].name, categories: x.categories.map((c) => c.term),
  }));
}

// rowan reads escapes within escapes more than once: “E&amp;E” becomes “E&E”.
function rowan(text) {
  return parseFeed(text).items.map((x) => ({
    id: x.id, title: x.title, link: x.url, text: x.content, published: x.published, author: x.authors[0]?.name,
    categories: x.categories.map((c) => c.term),
  }));
}

async function rssParser(text) {
  return (await new RSSParser().parseString(text)).items.map((x) => ({
    id: x.guid ?? x.id, title: x.title, link: x.link, content: x["content:encoded"] ?? x.content, published: x.isoDate, author: x.creator ?? x.author,
  }));
}

async function feedParser(text) {
  const parser = Readable.from([text]).pipe(new FeedParser());
  const items = [];
  for await (const x of parser) {
    items.push({ id: x.guid, title: x.title, link: x.link, content: x.description, published: x.pubdate, author: x.author });
  }
  return items;
}

// version1 returns a feed without what version 1.1 of the format added, for the one validator that there is knows version 1.
function version1({ authors, language, ...feed }) {
  return { ...feed, version: "https://jsonfeed.org/version/1", items: feed.items.map(({ authors, language, ...item }) => item) };
}

// unescaped returns the text that HTML without elements shows.
function unescaped(html) {
  return html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&#34;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

// compare reports items that a parser takes otherwise than they are. What it does not know it does not give.
function compare(where, items, wanted) {
  const ids = (list) => list.map((x) => x.id).join(" ");
  if (ids(items) !== ids(wanted)) return console.log(`${where}: the items are ${ids(items)}, not ${ids(wanted)}`);
  items.forEach((item, i) => {
    for (const [key, value] of Object.entries(item)) {
      const got = normal(key, value), want = normal(key, wanted[i][key]);
      if (got !== want) console.log(`${where}: ${item.id}: ${key} is ${JSON.stringify(got)?.slice(0, 200)}, not ${JSON.stringify(want)?.slice(0, 200)}`);
    }
  });
}

function normal(key, value) {
  if (key === "published" || key === "updated") return new Date(value).toISOString();
  if (key === "text") return value.replaceAll("&amp;", "&").trim();
  return typeof value === "string" ? value.trim() : JSON.stringify(value);
}
