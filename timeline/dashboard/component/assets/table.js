// The same events as rows, a page at a time: for keyboards, screen readers, and whoever prefers a list.

import { go } from "./address.js";
import { el, plural, refill } from "./dom.js";
import { pager } from "./pager.js";

const COLUMNS = [["date", "Date"], ["title", "Event"], ["actors", "Who → whom"], ["place", "Where"], ["type", "Type"], ["status", "Status"], ["sources", "Sources"]];

export class Table {
  constructor() {
    this.head = el("h2", { tabindex: -1 });
    this.body = el("div", { class: "tl-scroll" });
    this.turning = el("div", {});
    this.node = el("section", { class: "tl-table", "aria-label": "Table of events" }, this.head, this.body, this.turning);
    this.node.addEventListener("keydown", (event) => this.onKey(event));
  }

  render(data) {
    const { table, view } = data;
    this.data = data;
    this.node.hidden = !table.of;
    refill(this.head, `${plural(table.of, "event")} on the chart`);
    refill(
      this.body,
      el("table", { "aria-rowcount": table.of + 1 },
        el("thead", {}, el("tr", { "aria-rowindex": 1 }, COLUMNS.map(([key, name]) => el("th", { scope: "col", class: `tl-of-${key}` }, name)))),
        el("tbody", {}, table.rows.map((row, index) => this.row(row, table.first + index, view)))),
    );
    refill(this.turning, pager(table, "table", (page) => this.turn(page)));
  }

  turn(page) {
    go(this.data.view, { page: String(page) });
    this.head.scrollIntoView({ block: "start" });
  }

  row(row, number, view) {
    const { page } = this.data.table;
    const open = () => go(view, { event: row.id, passage: "", page: page > 1 ? String(page) : "" });
    const cell = ([name]) => {
      if (name === "title") {
        return el("td", { class: "tl-of-title" },
          el("button", { type: "button", "data-key": row.id, onclick: open }, row.title),
          row.passage && el("p", { class: "tl-source" }, `“${row.passage}”`));
      }
      if (name === "type") return el("td", { class: "tl-of-type" }, el("span", { class: "tl-dot", style: { background: row.colour } }), row.type);
      return el("td", { class: `tl-of-${name}` }, row[name]);
    };
    return el("tr", { "aria-rowindex": number + 1, "aria-current": row.id === view.event ? "true" : null, onclick: (event) => event.target.closest("button") || open() }, COLUMNS.map(cell));
  }

  // Arrows go from title to title; Enter is the button's own.
  onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const titles = [...this.body.querySelectorAll("td button")];
    const here = titles.indexOf(document.activeElement);
    if (!step || here < 0 || !titles[here + step]) return;
    event.preventDefault();
    titles[here + step].focus();
  }
}
