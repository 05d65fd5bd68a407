// What the articles tell without saying when: it has no place on the chart, and is not to be lost.

import { go } from "./address.js";
import { el, grouped, refill } from "./dom.js";
import { pager } from "./pager.js";

export class Shelf {
  constructor() {
    this.head = el("h2", { tabindex: -1 });
    this.list = el("ul", {});
    this.turning = el("div", {});
    this.node = el("section", { class: "tl-shelf", "aria-label": "Without a date" }, this.head,
      el("p", { class: "tl-source" }, "The articles tell of these and do not say when."), this.list, this.turning);
  }

  render({ shelf, view }) {
    this.node.hidden = !shelf.of;
    refill(this.head, "Without a date ", el("small", {}, grouped(shelf.of)));
    refill(this.list, shelf.rows.map((row) => el("li", {}, this.card(row, view))));
    const turn = (page) => {
      go(view, { shelf: String(page) });
      this.head.scrollIntoView({ block: "start" });
    };
    refill(this.turning, pager(shelf, "shelf", turn));
  }

  card(row, view) {
    const facts = [row.type, row.status_key === "occurred" ? "" : row.status.toLowerCase(), row.place].filter(Boolean);
    return el("button", { type: "button", "data-key": `shelf-${row.id}`, "aria-current": row.id === view.event ? "true" : null, style: { borderLeftColor: row.colour },
      onclick: () => go(view, { event: row.id, passage: "" }) },
      el("span", {}, row.title), el("small", {}, facts.join(" · ")),
      row.passage && el("small", { class: "tl-quote" }, `“${row.passage}”`));
  }
}
