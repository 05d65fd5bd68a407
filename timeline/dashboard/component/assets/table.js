// The same events as rows: for keyboards, screen readers, and whoever prefers a list.

import { go } from "./address.js";
import { el, plural, refill } from "./dom.js";

export const COLUMNS = [["date", "Date"], ["title", "Event"], ["actors", "Who"], ["place", "Where"], ["type", "Type"], ["status", "Status"], ["sources", "Sources"]];

export class Table {
  constructor(head, columns = COLUMNS) {
    this.columns = columns;
    this.head = el("h2", {}, head);
    this.body = el("div", { class: "tl-scroll", tabindex: 0, role: "region", "aria-label": head });
    this.node = el("section", { class: "tl-table" }, this.head, this.body);
  }

  render(data, rows, head, more = 0) {
    this.node.hidden = !rows.length;
    this.head.textContent = head;
    if (!rows.length) return;
    const scrolled = this.body.scrollTop;
    refill(
      this.body,
      el("table", {},
        el("thead", {}, el("tr", {}, this.columns.map(([key, name]) => el("th", { scope: "col", class: `tl-of-${key}` }, name)))),
        el("tbody", {}, rows.map((row) => this.row(row, data.view)))),
      more > 0 && el("p", { class: "tl-source" }, `and ${plural(more, "event")} more: narrow the filters to list them.`),
    );
    this.body.scrollTop = scrolled;
  }

  row(row, view) {
    const open = () => go(view, { event: row.id, passage: "" });
    const cell = ([name]) => {
      if (name === "title") return el("td", {}, el("button", { type: "button", "data-key": row.id, onclick: open }, row.title), row.passage && el("p", { class: "tl-source" }, `“${row.passage}”`));
      if (name === "type") return el("td", { class: "tl-of-type" }, el("span", { class: "tl-dot", style: { background: row.colour } }), row.type);
      return el("td", { class: `tl-of-${name}${name === "date" ? " tl-nowrap" : ""}` }, row[name]);
    };
    return el("tr", { "aria-current": row.id === view.event ? "true" : null, onclick: (event) => event.target.closest("button") || open() }, this.columns.map(cell));
  }
}
