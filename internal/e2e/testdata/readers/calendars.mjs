// Reads calendars with ical.js and node-ical in the time zone TZ, and holds the days on which their events fall against the table of events.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ICAL from "ical.js";
import nodeICal from "node-ical";

const [site] = process.argv.slice(2);
const rows = JSON.parse(readFileSync(join(site, "data", "events.json"), "utf8"));
const wanted = new Map(rows.map((row) => [row.id, row]));

const names = readdirSync(site, { recursive: true }).filter((name) => name.endsWith("calendar.ics"));
if (names.length < 3) console.log(`there are only ${names.length} calendars`);
for (const name of names) {
  const text = readFileSync(join(site, name), "utf8");
  compare(`${name}, ical.js`, withICAL(text));
  compare(`${name}, node-ical`, withNode(text));
}

// withICAL returns the events of a calendar, with their first and last days here.
function withICAL(text) {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const allDay = event.startDate.isDate;
    const last = event.endDate.clone();
    if (allDay) last.adjust(-1, 0, 0, 0);
    const read = (time) => (allDay ? time.toString() : day(time.toJSDate()));
    return { url: component.getFirstPropertyValue("url"), title: event.summary, allDay, first: read(event.startDate), last: read(last) };
  });
}

// withNode does the same.
function withNode(text) {
  return Object.values(nodeICal.sync.parseICS(text)).filter((x) => x.type === "VEVENT").map((event) => {
    const allDay = event.datetype === "date";
    const last = new Date(event.end ?? event.start);
    if (allDay) last.setDate(last.getDate() - 1);
    return { url: event.url.val ?? event.url, title: event.summary, allDay, first: day(event.start), last: day(last) };
  });
}

// day returns the day here of a time.
function day(time) {
  return [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

function compare(where, events) {
  if (events.length === 0) console.log(`${where}: no events`);
  for (const event of events) {
    const row = wanted.get(event.url.split("/").at(-2));
    const same = (what, got, want) => {
      if (got !== want) console.log(`${where}: ${event.url}: ${what} is ${JSON.stringify(got)}, not ${JSON.stringify(want)}`);
    };
    same("title", event.title.replace(/^(Postponed|Cancelled): /, ""), row?.title);
    if (!event.allDay) continue; // falls on another day elsewhere
    same("first day", event.first, row?.date_first);
    same("last day", event.last, row?.date_last);
  }
}
