// The screen. Called with the data of each run; its parts are made once and keep their place while data change.

import { CLEARED, answerWith, askSession, copyLink, go, hrefOf, isHere, queryOf } from "./address.js";
import { changesNotice } from "./changes.js";
import { Chart } from "./chart.js";
import { DownloadMenu } from "./downloads.js";
import { Article, details } from "./details.js";
import { afterPaint, el, plural, refill } from "./dom.js";
import { Filters } from "./filters.js";
import { FirstView, isAsked } from "./first.js";
import { Overview } from "./overview.js";
import { Shelf } from "./shelf.js";
import { Table } from "./table.js";
import { unpacked, visit } from "./visit.js";

const CALM = 250; // milliseconds after which what is drawn is taken to stay
const PATIENCE = 1500; // milliseconds until the session is asked again for what it has not answered
const LAST_PATIENCE = 10000; // and from then until its answer to something else has to do
const MOST_FORESEEN = 60; // the server sends no more at a time
const screens = new WeakMap();
let first = null;

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  if (!screens.has(parentElement)) {
    const screen = first?.screen ?? new Screen();
    screens.set(parentElement, screen);
    screen.connect({
      tellWidth: (width) => setStateValue("width", width),
      askDownload: (asked) => setTriggerValue("download", asked),
      askPassages: (events) => setTriggerValue("passages", events),
    });
  }
  const screen = screens.get(parentElement);
  // Only when it is drawn does it take its room, at once and for good.
  const put = () => {
    if (first?.screen === screen) first.give(parentElement);
    else if (!parentElement.contains(screen.node)) parentElement.append(screen.node);
    first = null;
  };
  screen.receive(data, put).catch((error) => (put(), screen.fail(error)));
}

// What is asked of the server when this event is opened.
const questionOf = (view, event) => `event?${queryOf({ ...view, event, passage: "" })}`;

class Screen {
  constructor() {
    this.drawn = new Map();
    this.foreseen = new Set();
    this.arrivals = 0;
    this.chart = new Chart((width) => this.session?.tellWidth(width), (id) => this.foresee(id));
    this.downloads = new DownloadMenu(this.chart, (asked) => this.session?.askDownload(asked));
    this.overview = new Overview();
    this.filters = new Filters();
    this.table = new Table();
    this.shelf = new Shelf();
    this.article = new Article();
    this.lead = el("p", { class: "tl-lead" });
    this.notices = el("div", { class: "tl-notices", role: "status" });
    this.tools = el("div", { class: "tl-tools" });
    this.legend = el("div", { class: "tl-legend" });
    this.nothing = el("div", { class: "tl-nothing", role: "status" });
    this.panel = el("aside", { class: "tl-panel", "aria-label": "Event" });
    this.full = el("a", { class: "tl-full", target: "_blank", rel: "noopener" }, "Open the full timeline");
    this.node = el("div", { class: "tl" }, this.header(), this.notices, this.filters.node, this.tools, this.overview.node,
      el("div", { class: "tl-main" },
        el("div", { class: "tl-stage" }, this.nothing, this.chart.node, this.legend),
        this.panel, this.shelf.node),
      this.table.node, this.article.node);
    document.addEventListener("keydown", (event) => this.onKey(event));
    addEventListener("popstate", (event) => event.isTrusted && this.goBackToTold());
    answerWith((view, change) => this.answer(view, change));
  }

  // To the session, which is there only once Streamlit has started. A width that was told before is told again.
  connect(session) {
    this.session = session;
    if (this.chart.width) session.tellWidth(this.chart.width);
  }

  // [ and ] go to the event before and after the open one, wherever the focus is but in a field.
  onKey(event) {
    const way = { "[": "previous", "]": "next" }[event.key];
    const inField = event.target.closest?.("input, select, textarea");
    const target = way && this.data?.steps[way];
    if (!target || inField || event.ctrlKey || event.metaKey || !this.node.isConnected) return;
    event.preventDefault();
    go(this.data.view, { event: target.id, passage: "" });
  }

  header() {
    const said = el("span", { class: "tl-said", role: "status" });
    const copy = async () => {
      said.textContent = await copyLink(this.data.view, this.data.version);
      setTimeout(() => (said.textContent = ""), 2500);
    };
    return el("header", { class: "tl-head" },
      el("div", {}, el("h1", {}, "Timeline"), this.lead),
      el("nav", { class: "tl-actions", "aria-label": "Page" }, said, el("a", { class: "tl-about", href: "about", target: "_self" }, "About"), this.full, this.downloads.node, el("button", { type: "button", onclick: copy }, "Copy link")));
  }

  // What the session sends. A route may have drawn the same before, or what was chosen since.
  async receive(bytes, put) {
    const arrival = (this.arrivals += 1);
    const text = await unpacked(bytes);
    if (arrival !== this.arrivals) return;
    const data = JSON.parse(text);
    visit.renew(data.visit, data.version);
    for (const [event, told] of Object.entries(data.passages ?? {})) visit.keep(questionOf(data.view, event), Promise.resolve(JSON.stringify(told)));
    clearTimeout(this.late);
    this.told = { ...data, download: null, notices: [] };
    put();
    if (!this.data || this.isAwaited(data)) this.settleWith(data);
    // The answer to an earlier choice, or for another width than was told: the right one is on its way.
    else this.late = setTimeout(() => this.insist(data), PATIENCE);
  }

  // Back at the address that the session has answered last, it has nothing new to say, and says nothing. Whether that is so.
  goBackToTold() {
    if (!this.ahead || !this.told || !isHere(this.told.asked)) return false;
    this.settleWith(this.told);
    return true;
  }

  // Whether it answers what the address says now, and is as wide as what stands there already.
  isAwaited(data) {
    return isHere(data.asked) && !(this.ahead && data.width !== this.chart.width);
  }

  // A choice that was made while Streamlit started may not have reached it: once, it is told again what is wanted. What was drawn ahead
  // is never drawn over by what answers something else.
  insist(data) {
    const wanted = `${location.search} ${this.chart.width}`;
    if (this.insisted !== wanted) {
      this.insisted = wanted;
      this.session.tellWidth(this.chart.width);
      askSession();
    }
    if (!this.ahead || isHere(data.asked)) this.late = setTimeout(() => this.settleWith(data), LAST_PATIENCE);
  }

  // What is drawn before there is a session.
  begin(data) {
    this.ahead = true;
    this.render(data);
  }

  settleWith(data) {
    this.ahead = false;
    this.render(data);
    setTimeout(() => this.data === data && this.foreseeAll(), CALM);
  }

  // A choice: the routes are asked first, where there are any. An event shows as soon as its passages are there.
  async answer(view, change) {
    if (this.goBackToTold()) return askSession();
    const address = location.search;
    const isEvent = "event" in change && !("actor" in change);
    const text = await this.ask(isEvent ? "event" : "screen", view);
    if (address !== location.search) return;
    if (!text) return askSession();
    this.ahead = true;
    this.render({ ...this.data, download: null, notices: [], ...(isEvent && { view }), ...JSON.parse(text) }, { soon: isEvent });
    // After the next paint: what was asked for is on the screen before the session is at work.
    requestAnimationFrame(() => setTimeout(askSession));
  }

  ask(route, view) {
    const wide = route === "screen" || visit.isFirst ? `&width=${this.chart.width ?? this.data.width}` : "";
    return visit.ask(route, queryOf(view) + wide);
  }

  // Whoever points at an event may open it.
  foresee(id) {
    if (this.data && visit.key && !this.data.view.passage) this.ask("event", { ...this.data.view, event: id, passage: "" });
  }

  // Without routes the session is asked once for the passages of all that is drawn: then a click has not to wait for it.
  foreseeAll() {
    const { data } = this;
    if (visit.key || data.view.passage || data.width !== this.chart.width) return;
    const drawn = data.hits.filter(({ ids, zoom }) => ids.length === 1 && !zoom?.length).map(({ ids }) => ids[0]);
    const unknown = [...new Set(drawn)].map((id) => [id, questionOf(data.view, id)]).filter(([, asked]) => !this.foreseen.has(asked)).slice(0, MOST_FORESEEN);
    for (const [, asked] of unknown) this.foreseen.add(asked);
    if (unknown.length) this.session.askPassages(unknown.map(([id]) => id));
  }

  fail(error) {
    console.error(error);
    this.node.replaceChildren(el("p", { role: "alert" }, "This page could not be drawn. Reload it; if that does not help, remove what follows the question mark of its address."));
  }

  // `soon`: of an event only the passages; the session's answer brings the rest.
  render(data, { soon = false } = {}) {
    const opened = this.data && data.view.event !== this.data.view.event;
    const first = !this.data;
    if (first) this.settle(data);
    this.data = data;
    // What was asked for comes first, and all else after the next paint.
    const panel = () => this.renderEvent(data, opened);
    const [chart, choices, lists] = [() => this.renderChart(), () => this.renderChoices(), () => this.renderLists()];
    const order = soon ? [[panel], []] : first ? [[choices, panel, chart], [lists]] : opened ? [[panel], [chart, choices, lists]] : [[chart], [choices, panel, lists]];
    for (const part of order[0]) part();
    if (order[1].length) afterPaint(() => this.data === data && order[1].forEach((part) => part()));
  }

  renderEvent(data, opened) {
    if (this.changed("panel", data.view, data.details, data.steps, !data.details && data.highlights, data.counts)) {
      refill(this.panel, details(data));
      if (opened) this.panel.scrollTop = 0;
      if (opened && data.details && matchMedia("(max-width: 1000px)").matches) this.panel.scrollIntoView({ behavior: "smooth" });
    }
    this.article.render(data);
  }

  renderChart() {
    const { data } = this;
    this.node.classList.toggle("tl-embedded", new URLSearchParams(location.search).get("embed") === "true");
    this.node.classList.toggle("tl-with-own", Boolean(data.own));
    this.lead.textContent = data.lead;
    if (this.changed("notices", data.view, data.notices, data.changes)) refill(this.notices, data.notices.map((text) => el("p", {}, text)), changesNotice(data));
    if (this.changed("range", data.view, data.window, data.overview, data.counts)) {
      refill(this.tools, this.range());
      if (data.window) this.overview.render(data);
    }
    refill(this.nothing, this.emptiness());
    this.chart.render(data, this.changed("chart", data.figure, data.hits, data.view));
  }

  renderChoices() {
    const { data } = this;
    this.downloads.render(data);
    this.full.href = hrefOf(data.view, {}, { whole: true });
    if (this.changed("filters", data.view, data.filters, data.window)) this.filters.render(data);
    refill(this.legend, this.key());
  }

  // What lies below the chart, and is not on the first screen.
  renderLists() {
    const { data } = this;
    if (data.width === this.chart.width) this.node.classList.remove("tl-settling");
    if (this.changed("table", data.view, data.table, data.shelf, data.counts)) {
      this.table.render(data);
      this.shelf.render(data);
    }
  }

  // Whether what a part draws is other than what it drew last.
  changed(part, ...values) {
    const drawn = JSON.stringify(values);
    if (this.drawn.get(part) === drawn) return false;
    this.drawn.set(part, drawn);
    return true;
  }

  // The first data are for a chart of a width that was guessed: what lies beneath it shows once it has its own height.
  settle(data) {
    const guessed = data.figure && Math.abs(this.chart.node.clientWidth - data.width) >= 1;
    if (!guessed) return;
    this.node.classList.add("tl-settling");
    setTimeout(() => this.node.classList.remove("tl-settling"), 4000);
  }

  range() {
    const { window, crisis, whole, view, counts } = this.data;
    if (!window) return [];
    const show = (key, text, change, pressed) =>
      el("button", { type: "button", "data-key": key, "aria-pressed": String(pressed), onclick: () => go(view, change, { quiet: true }) }, text);
    const isWhole = whole && view.from === whole.from && view.to === whole.to;
    return [
      el("strong", {}, window.text),
      el("span", {}, counts.outside ? `${plural(counts.outside, "event")} outside these days` : "nothing outside these days"),
      el("span", { class: "tl-buttons" },
        crisis && show("crisis", "Busiest period", { from: "", to: "" }, !view.from && !view.to),
        whole && show("whole", "Everything", { from: whole.from, to: whole.to }, isWhole),
        el("button", { type: "button", "data-key": "out", "aria-label": "Zoom out", onclick: () => this.chart.zoom(2) }, "−"),
        el("button", { type: "button", "data-key": "in", "aria-label": "Zoom in", onclick: () => this.chart.zoom(0.5) }, "+")),
    ];
  }

  key() {
    const { legend = [], signs = [], counted = 0, view } = this.data;
    const families = view.lanes === "type" ? [] : legend;
    return [
      ...families.map(({ name, colour }) => el("span", {}, el("i", { class: "tl-dot", style: { background: colour } }), name)),
      ...signs.map(({ sign, text }) => el("span", {}, el("b", { "aria-hidden": "true" }, sign), text)),
      el("span", {}, "Days as the articles give them, no time zone"),
      counted > 0 && el("span", {}, `${plural(counted, "minor event")} counted in bars: click one to open its days`),
    ];
  }

  emptiness() {
    const { counts, view, whole, ways } = this.data;
    if (counts.shown) return [];
    if (!counts.all) return [el("p", {}, "No event was found in these articles.")];
    const loosen = ({ text, change, count }) => el("button", { type: "button", onclick: () => go(view, change) }, text, el("small", {}, count && ` · ${plural(count, "event")}`));
    const outside = counts.outside > 0 && whole && { text: `Show the ${plural(counts.outside, "event")} outside these days`, change: { from: whole.from, to: whole.to } };
    const found = counts.found > counts.outside ? "None of the events found has a date." : counts.outside ? "Nothing in these days." : "Nothing found.";
    const all = !outside && !ways.length && { text: "Clear all choices", change: CLEARED };
    return [el("p", {}, found), el("p", {}, all ? "To take back one choice is not enough:" : "To see more, take back a choice:"), el("p", {}, [outside, ...ways, all].filter(Boolean).map(loosen))];
  }
}

if (isAsked()) {
  first = new FirstView(new Screen());
  first.draw().then((drawn) => drawn || (first = null), (error) => (console.error(error), first?.leave(), (first = null)));
}
