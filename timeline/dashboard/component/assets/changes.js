// For whoever comes with a link to an older version: what is new, what differs, and what is gone.

import { go } from "./address.js";
import { el, plural } from "./dom.js";

export function changesNotice({ changes, view }) {
  if (!changes) return [];
  const kinds = [["New", changes.new], ["Changed", changes.changed], ["Gone", changes.gone]].filter(([, { events }]) => events.length);
  return [
    el("section", { class: "tl-changes", "aria-label": "What has changed since" },
      el("p", {}, changes.text),
      kinds.length > 0 && el("details", { "data-key": "changes" }, el("summary", { "data-key": "changes-shown" }, "Show them"), kinds.map(([name, kind]) => listed(name, kind, view))),
      el("button", { type: "button", class: "tl-link", onclick: () => go(view, { v: "" }, { quiet: true }) }, "Dismiss")),
  ];
}

function listed(name, { events, more }, view) {
  return [
    el("h3", {}, name),
    el("ul", {}, events.map((event) => item(event, view)), more > 0 && el("li", {}, `and ${plural(more, "event")} more`)),
  ];
}

function item({ id, title, date, differences }, view) {
  const name = id ? el("button", { type: "button", class: "tl-link", onclick: () => go(view, { event: id, passage: "" }) }, title) : el("s", {}, title);
  return el("li", {}, name, " ", el("small", {}, date), differences.map((text) => el("small", { class: "tl-difference" }, text)));
}
