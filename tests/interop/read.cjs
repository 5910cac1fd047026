// Reads calendars as ical.js (Thunderbird's family) and node-ical do. One JSON request a line in, one JSON answer a line out.
const ICAL = ((module) => module.default ?? module)(require("ical.js"));
const nodeIcal = require("node-ical");
const lines = require("node:readline").createInterface({ input: process.stdin });

const first = (component, name) => component.getFirstPropertyValue(name);
const plain = (value) => value?.val ?? value ?? null;

function readWithIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      status: first(component, "status"),
      summary: event.summary,
      description: event.description,
      location: event.location,
      starts: event.startDate.toJSDate().toISOString(),
      ends: event.endDate.toJSDate().toISOString(),
      attendees: event.attendees.map((attendee) => [attendee.getParameter("cn"), attendee.getFirstValue()]),
    };
  });
  return { method: first(calendar, "method"), name: first(calendar, "name"), events };
}

function readWithNodeIcal(text) {
  const read = nodeIcal.sync.parseICS(text);
  const events = Object.values(read).filter((entry) => entry.type === "VEVENT").map((event) => ({
    uid: event.uid,
    sequence: Number(event.sequence),
    status: event.status ?? null,
    summary: plain(event.summary),
    description: plain(event.description),
    location: plain(event.location),
    starts: event.start.toISOString(),
    ends: event.end.toISOString(),
    attendees: [event.attendee ?? []].flat().map((attendee) => [attendee.params.CN, attendee.val]),
  }));
  return { method: events.length ? Object.values(read).find((entry) => entry.type === "VEVENT").method ?? null : null, name: read.vcalendar?.["WR-CALNAME"] ?? null, events };
}

function readCards(text) {
  const cards = ICAL.parse(text);
  const several = Array.isArray(cards[0]) ? cards : [cards];
  return several.map(([, properties]) => Object.fromEntries(properties.map(([name, , , value]) => [name, value])));
}

const readers = { "ical.js": readWithIcalJs, "node-ical": readWithNodeIcal, "address book": readCards };

lines.on("line", (line) => {
  const { reader, text } = JSON.parse(line);
  let answer;
  try {
    answer = readers[reader](text);
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
