// What narrows the events. Every choice goes into the address; what is chosen shows as a chip that takes it back.

import { CLEARED, go } from "./address.js";
import { debounced, el, refill } from "./dom.js";

const MOST_OPTIONS = 60;

const folded = (text) =>
  text.normalize("NFKD").replace(/[\u0300-\u036f'’ʻʼ.]/g, "").replace(/[-_\s]+/g, " ").trim().toLowerCase();

// Options whose name or one of whose aliases has words that begin with those typed.
function matching(options, typed) {
  const words = folded(typed).split(" ").filter(Boolean);
  const hits = (name) => words.every((word) => ` ${folded(name)}`.includes(` ${word}`));
  return options
    .map((option) => ({ option, alias: hits(option.name) ? "" : option.aliases.find(hits) }))
    .filter(({ alias }) => alias !== undefined)
    .slice(0, MOST_OPTIONS);
}

export class Filters {
  constructor() {
    this.search = el("input", { type: "search", placeholder: "Search titles and passages", "aria-label": "Search titles and passages", enterkeyhint: "search" });
    const search = () => go(this.data.view, { q: this.search.value.trim() });
    this.search.addEventListener("change", search);
    this.search.addEventListener("input", debounced(search, 600));
    this.actors = new Combobox((id) => this.toggle("actor", id));
    this.types = this.menu("Type");
    this.statuses = this.menu("Status");
    this.places = this.menu("Place");
    this.articles = this.menu("Article");
    this.from = this.date("From", "from");
    this.to = this.date("To", "to");
    this.lanes = el("select", { "aria-label": "Lanes by", onchange: () => go(this.data.view, { lanes: this.lanes.value }) });
    this.chips = el("div", { class: "tl-chips" });
    // Only a phone shows it: there the chart is to be on the first screen, and the choices behind one button.
    this.more = el("button", { type: "button", class: "tl-more", "aria-expanded": "false", onclick: () => this.unfold() }, "Filters");
    this.node = el(
      "div",
      { class: "tl-filters", role: "search" },
      el("div", { class: "tl-toolbar" },
        this.search,
        this.more,
        this.actors.node,
        this.types.node,
        this.statuses.node,
        this.places.node,
        this.articles.node,
        el("span", { class: "tl-dates" }, el("label", { class: "tl-field" }, "From", this.from), el("label", { class: "tl-field" }, "to", this.to)),
        el("label", { class: "tl-field" }, "Lanes", this.lanes),
      ),
      this.chips,
    );
  }

  unfold() {
    const open = this.more.getAttribute("aria-expanded") !== "true";
    this.more.setAttribute("aria-expanded", String(open));
    this.node.classList.toggle("tl-unfolded", open);
  }

  menu(name) {
    const summary = el("summary", {}, name);
    const list = el("div", { class: "tl-menu", role: "group", "aria-label": name });
    const node = el("details", { class: "tl-select" }, summary, list);
    document.addEventListener("pointerdown", (event) => {
      if (!node.contains(event.target)) node.open = false;
    });
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        node.open = false;
        summary.focus();
      }
    });
    return { node, list, summary, name };
  }

  date(label, name) {
    return el("input", { type: "date", "aria-label": label, onchange: (event) => go(this.data.view, { [name]: event.target.value }) });
  }

  toggle(name, id) {
    const chosen = this.data.view[name];
    go(this.data.view, { [name]: chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id] });
  }

  render(data) {
    this.data = data;
    const { view, filters, window } = data;
    if (document.activeElement !== this.search) this.search.value = view.q;
    if (document.activeElement !== this.from) this.from.value = view.from || window?.from || "";
    if (document.activeElement !== this.to) this.to.value = view.to || window?.to || "";
    refill(this.lanes, filters.lanes.map(({ id, name }) => el("option", { value: id }, name)));
    this.lanes.value = view.lanes;
    this.actors.render(filters.actors, view.actor);
    this.fill(this.types, "type", filters.types);
    this.fill(this.statuses, "status", filters.statuses);
    this.fill(this.places, "place", filters.places);
    this.fill(this.articles, "article", filters.articles);
    refill(this.chips, this.chosen());
  }

  fill({ list, summary, name }, key, options) {
    const chosen = this.data.view[key];
    summary.textContent = chosen.length ? `${name} · ${chosen.length}` : name;
    refill(
      list,
      options.map((option) => {
        const box = el("input", {
          type: "checkbox",
          checked: chosen.includes(option.id),
          "data-key": option.id,
          onchange: () => this.toggle(key, option.id),
        });
        return el("label", {}, box, option.name, el("small", {}, option.count));
      }),
    );
  }

  chosen() {
    const { view, filters } = this.data;
    const chip = (text, change) =>
      el("button", { type: "button", class: "tl-chip", "aria-label": `Remove ${text}`, onclick: () => go(view, change) }, text, el("span", { "aria-hidden": "true" }, "×"));
    const each = (key, options, label) =>
      view[key].map((id) => {
        const name = options.find((option) => option.id === id)?.name ?? id;
        return chip(`${label}${name}`, { [key]: view[key].filter((other) => other !== id) });
      });
    const chips = [
      ...each("actor", filters.actors, ""),
      ...each("type", filters.types, "Type: "),
      ...each("status", filters.statuses, "Status: "),
      ...each("place", filters.places, "Place: "),
      ...each("article", filters.articles, "Article: "),
      view.q && chip(`“${view.q}”`, { q: "" }),
      (view.from || view.to) && chip(this.data.window?.text ?? `${view.from || "…"} to ${view.to || "…"}`, { from: "", to: "" }),
    ].filter(Boolean);
    const choices = chips.length;
    if (view.actor.length > 0) chips.splice(view.actor.length, 0, this.roleSwitch());
    if (view.actor.length > 1) chips.splice(view.actor.length, 0, this.matchSwitch());
    if (choices > 1)
      chips.push(el("button", { type: "button", class: "tl-link", onclick: () => go(view, CLEARED) }, "Clear all"));
    return chips;
  }

  // Whether the chosen actors are those who act, or those whom it befalls.
  roleSwitch() {
    const { view } = this.data;
    const options = [["any", "in any role"], ["doer", "as doer"], ["target", "as target"]];
    const select = el("select", { "aria-label": "Role of the actors", "data-key": "role", onchange: (event) => go(view, { role: event.target.value }) },
      options.map(([value, text]) => el("option", { value }, text)));
    select.value = view.role;
    return select;
  }

  matchSwitch() {
    const { view } = this.data;
    const option = (value, text) =>
      el("button", { type: "button", "aria-pressed": String(view.match === value), onclick: () => go(view, { match: value }) }, text);
    return el("span", { class: "tl-switch", role: "group", "aria-label": "Actors to match" }, option("any", "any of them"), option("all", "all of them"));
  }
}

// A text field with a list under it (the ARIA combobox pattern): aliases find the actor that bears them.
class Combobox {
  constructor(choose) {
    this.choose = choose;
    this.options = [];
    this.at = 0;
    this.input = el("input", {
      type: "text",
      role: "combobox",
      placeholder: "Actor or alias",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": "Filter by actor",
      "aria-expanded": "false",
      "aria-controls": "tl-actors",
      "aria-autocomplete": "list",
      onfocus: () => this.open(),
      oninput: () => this.open(),
      onkeydown: (event) => this.onKey(event),
      onblur: () => setTimeout(() => this.close(), 120),
    });
    this.list = el("div", { class: "tl-menu", id: "tl-actors", role: "listbox", "aria-label": "Actors", hidden: true });
    this.node = el("div", { class: "tl-combobox" }, this.input, this.list);
  }

  render(options, chosen) {
    this.options = options;
    this.chosen = chosen;
    if (!this.list.hidden) this.open();
  }

  open() {
    this.found = matching(this.options, this.input.value);
    this.at = Math.min(this.at, Math.max(this.found.length - 1, 0));
    if (this.input.value !== this.typed) this.at = 0;
    this.typed = this.input.value;
    const rows = this.found.map((match, index) => this.row(match, index));
    this.list.replaceChildren(...(rows.length ? rows : [el("p", {}, "Nobody of that name is listed. Enter looks further.")]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  row({ option, alias }, index) {
    const chosen = this.chosen.includes(option.id);
    return el(
      "div",
      {
        role: "option",
        id: `tl-actor-${index}`,
        "aria-selected": String(chosen),
        onpointerdown: (event) => event.preventDefault(), // the field keeps the focus
        onclick: () => this.take(index),
      },
      el("span", {}, chosen ? "✓ " : "", option.name, alias ? el("em", {}, ` “${alias}”`) : ""),
      el("small", {}, option.count),
    );
  }

  mark() {
    [...this.list.children].forEach((row, index) => row.classList.toggle("tl-at", index === this.at));
    this.input.setAttribute("aria-activedescendant", this.found.length ? `tl-actor-${this.at}` : "");
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  take(index) {
    // Of very many actors only the most frequent are listed: the server knows the others by name and alias.
    const chosen = this.found[index]?.option.id ?? this.input.value.trim();
    if (!chosen) return;
    this.input.value = "";
    this.close();
    this.choose(chosen);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      if (this.list.hidden) this.open();
      else this.at = Math.min(Math.max(this.at + step, 0), this.found.length - 1);
      this.mark();
    } else if (event.key === "Enter") this.take(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }
}
