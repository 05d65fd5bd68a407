// The chart: Plotly draws it, and over each mark lies a button, so that pointer, touch and keyboard work alike.

import { go } from "./address.js";
import { afterPaint, debounced, el, plural } from "./dom.js";
import { plotly } from "./plotly.js";
import { sketch } from "./sketch.js";

const CONFIG = { displayModeBar: false, doubleClick: false, showTips: false, scrollZoom: false };
const DAY = 86_400_000;
const PAPER = 700; // pixels that a printed page is wide between its margins
const HALF = DAY / 2;

export const dayOf = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 10);
export const timeOf = (day) => Date.parse(`${day}T00:00:00Z`);

// Plotly reads no colour-mix(): a computed rgb(…) with its own opacity it does.
const translucent = (colour, opacity) => `rgba(${colour.match(/[\d.]+/g).slice(0, 3).join(",")},${opacity})`;

// What colours and signs mean, for a picture that goes without its page: lines of about the chart's width.
function keyOf({ legend = [], signs = [], view, width }) {
  const colours = view.lanes === "type" ? [] : legend.map(({ name, colour }) => [`<span style="color:${colour}">●</span> ${name}`, name.length + 6]);
  const parts = [...colours, ...signs.map(({ sign, text }) => [`${sign} ${text.split(":")[0]}`, text.length + 7])];
  const lines = [[]];
  let room = width / 6.5;
  for (const [text, length] of parts) {
    if (length > room && lines.at(-1).length) room = lines.push([]) && width / 6.5;
    lines.at(-1).push(text);
    room -= length;
  }
  return lines.map((line) => line.join("&nbsp;&nbsp;&nbsp; "));
}

export class Chart {
  constructor(onWidth, onPoint) {
    this.onPoint = onPoint;
    this.plot = el("div", { class: "tl-plot" });
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.marks = el("div", { class: "tl-marks", role: "group" });
    this.tip = el("div", { class: "tl-tip", role: "status", "aria-live": "polite" });
    this.list = el("div", { class: "tl-cluster", hidden: true });
    this.node = el("div", { class: "tl-chart" }, this.canvas, this.plot, this.marks, this.tip, this.list);
    this.marks.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("pointerdown", (event) => this.closeList(event));
    this.watch(onWidth);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(() => this.draw(), 150));
  }

  watch(onWidth) {
    const tell = debounced(onWidth, 120);
    let told = 0;
    new ResizeObserver(([entry]) => {
      const width = Math.round(entry.contentRect.width);
      if (width) this.width = width;
      if (!width || width === told) return;
      if (told) tell(width);
      else onWidth(width);
      told = width;
    }).observe(this.node);
  }

  async render(data, changed = true) {
    this.data = data;
    if (!changed) return;
    this.node.style.setProperty("--tl-fit", Math.min(1, PAPER / data.width)); // paper gives no time to draw anew
    this.node.style.minHeight = data.figure ? `${data.figure.layout.height}px` : "";
    this.list.hidden = true;
    this.hideTip();
    this.placeMarks();
    await this.draw().catch((error) => this.fail(error));
  }

  // A sketch of the figure shows at once; Plotly, which takes its time, draws the same behind it and then takes its place.
  async draw() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    this.plot.hidden = this.canvas.hidden = !this.data.figure;
    if (!this.data.figure) return;
    const { data, layout } = this.themed(this.data.figure);
    sketch(this.canvas, { data, layout }, this.data.width);
    this.node.classList.add("tl-sketched");
    this.node.dataset.drawn = this.data.hits.length;
    this.node.dataset.turn = turn;
    await new Promise((painted) => afterPaint(painted));
    const Plotly = await plotly();
    if (turn !== this.turn) return;
    layout.width = this.data.width;
    layout.dragmode = matchMedia("(pointer: coarse)").matches ? false : "zoom";
    await Plotly.react(this.plot, data, layout, CONFIG);
    if (turn === this.turn) this.node.classList.remove("tl-sketched");
    if (this.bound) return;
    this.bound = true;
    this.plot.on("plotly_relayout", (change) => this.onZoom(change));
    this.plot.on("plotly_doubleclick", () => go(this.data.view, { from: "", to: "" }, { quiet: true }));
  }

  // The chart as a data: address, on the page's own background and with its days as a heading.
  async picture(format) {
    const Plotly = await plotly();
    const { data, layout } = this.themed(this.data.figure);
    const background = getComputedStyle(this.node).getPropertyValue("--st-background-color").trim() || "white";
    const key = keyOf(this.data);
    const heading = { text: `Timeline: ${this.data.window.text}`, x: 0, xref: "paper", y: 0.99, yanchor: "top", font: { size: 16 } };
    const margin = { ...layout.margin, t: layout.margin.t + 34, b: layout.margin.b + 17 * key.length + 8 };
    const [width, height] = [this.data.width, layout.height + 42 + 17 * key.length];
    const foot = { text: key.join("<br>"), showarrow: false, align: "left", xref: "paper", x: 0, xanchor: "left", yref: "paper", y: 0, yanchor: "top", yshift: -10, font: { size: 11.5 } };
    const annotations = [...layout.annotations, foot];
    const whole = { data, layout: { ...layout, width, height, margin, annotations, title: heading, paper_bgcolor: background } };
    return Plotly.toImage(whole, { format, width, height, scale: format === "png" ? 2 : 1 });
  }

  fail(error) {
    console.error(error);
    this.plot.replaceChildren(el("p", { role: "alert" }, "The chart could not be drawn: the table below has the same events."));
  }

  themed(figure) {
    const style = getComputedStyle(this.node);
    const background = style.getPropertyValue("--st-background-color").trim() || "white";
    const colours = {
      "@text": style.color,
      "@background": background,
      "@grid": translucent(style.color, 0.13),
      "@stripe": translucent(style.color, 0.04),
    };
    return JSON.parse(JSON.stringify(figure), (_, value) => colours[value] ?? value);
  }

  placeMarks() {
    const { hits, spoken, view } = this.data;
    this.marks.setAttribute("aria-label", this.data.alternative);
    const focused = document.activeElement?.dataset?.mark;
    this.buttons = hits.map((hit) => this.button(hit, spoken, view));
    const current =
      this.buttons.find((button) => button.dataset.mark === focused) ??
      this.buttons.find((button) => button.hasAttribute("aria-current")) ??
      this.buttons[0];
    if (current) current.tabIndex = 0;
    this.marks.replaceChildren(...this.buttons);
    if (focused && current?.dataset.mark === focused) current.focus({ preventScroll: true });
  }

  button(hit, spoken, view) {
    const several = hit.ids.length > 1;
    const text = hit.text ?? (several ? `${plural(hit.ids.length, "event")} close together` : spoken[hit.ids[0]]);
    const zoomed = hit.zoom?.length && { from: hit.zoom[0], to: hit.zoom[1] };
    const open = () => (several ? this.openList(hit) : go(view, { event: hit.ids[0], passage: "" }));
    return el("button", {
      type: "button",
      class: "tl-mark",
      tabindex: -1,
      "data-mark": zoomed ? `${hit.lane}:${zoomed.from}` : hit.ids[0],
      "aria-label": text.replaceAll("\n", ". ") + (zoomed ? ". Open these days" : ""),
      "aria-current": hit.ids.includes(view.event) ? "true" : null,
      style: { left: `${hit.x}px`, top: `${hit.y}px`, width: `${hit.width}px`, height: `${hit.height}px` },
      onclick: () => (zoomed ? go(view, zoomed, { quiet: true }) : open()),
      onpointerenter: () => this.point(hit, text),
      onpointerleave: () => this.hideTip(),
      onfocus: () => this.showTip(hit, text),
      onblur: () => this.hideTip(),
    });
  }

  point(hit, text) {
    this.showTip(hit, text);
    if (hit.ids.length === 1) this.onPoint(hit.ids[0]);
  }

  showTip(hit, text) {
    const titles = hit.ids.slice(0, 5).map((id) => this.data.spoken[id].split("\n")[0]);
    const [head, ...rest] = hit.ids.length > 1 ? [text, ...titles] : text.split("\n");
    this.tip.replaceChildren(el("strong", {}, head), ...rest.map((line) => el("span", {}, line)));
    const room = this.node.clientWidth - 290;
    this.tip.style.left = `${Math.max(4, Math.min(hit.x, room))}px`;
    this.tip.style.top = `${hit.y + hit.height + 6}px`;
    this.tip.classList.add("tl-shown");
  }

  hideTip() {
    this.tip.classList.remove("tl-shown");
  }

  openList(hit) {
    const { view, spoken } = this.data;
    const items = hit.ids.map((id) => {
      const [title, when] = spoken[id].split("\n");
      const choose = () => go(view, { event: id, passage: "" });
      return el("button", { type: "button", onclick: choose }, title, el("small", {}, when));
    });
    this.list.replaceChildren(...items);
    this.list.style.left = `${Math.max(4, Math.min(hit.x, this.node.clientWidth - 310))}px`;
    this.list.style.top = `${hit.y + hit.height + 4}px`;
    this.list.hidden = false;
    this.hideTip();
    items[0].focus();
  }

  closeList(event) {
    if (!this.list.contains(event.target)) this.list.hidden = true;
  }

  onZoom(change) {
    const range = change["xaxis.range"] ?? [change["xaxis.range[0]"], change["xaxis.range[1]"]];
    if (!range[0] || !range[1]) return;
    const [start, end] = range.map((moment) => Date.parse(`${String(moment).replace(" ", "T").slice(0, 19)}Z`));
    const from = Math.floor((start + HALF) / DAY) * DAY;
    const to = Math.max(from, Math.floor((end + HALF) / DAY) * DAY);
    go(this.data.view, { from: dayOf(from), to: dayOf(to) }, { quiet: true });
  }

  zoom(factor) {
    if (!this.data.window) return;
    const from = timeOf(this.data.window.from);
    const to = timeOf(this.data.window.to);
    const middle = (from + to) / 2;
    const half = Math.max(((to - from) / 2) * factor, DAY / 2);
    go(this.data.view, { from: dayOf(middle - half), to: dayOf(middle + half) }, { quiet: true });
  }

  // Arrows move among the marks, + and − zoom; Enter is the button's own.
  onKey(event) {
    const here = this.buttons.indexOf(document.activeElement);
    if (event.key === "+" || event.key === "=") this.zoom(0.5);
    else if (event.key === "-") this.zoom(2);
    else if (here >= 0 && this.neighbour(here, event.key)) this.focus(this.neighbour(here, event.key));
    else return;
    event.preventDefault();
  }

  neighbour(here, key) {
    const { hits } = this.data;
    if (key === "Home") return this.buttons[0];
    if (key === "End") return this.buttons.at(-1);
    const order = hits.map((_, index) => index).sort((a, b) => hits[a].x - hits[b].x || hits[a].y - hits[b].y);
    const at = order.indexOf(here);
    if (key === "ArrowRight") return this.buttons[order[at + 1]];
    if (key === "ArrowLeft") return this.buttons[order[at - 1]];
    const down = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (!down) return undefined;
    const distance = (index) => Math.abs(hits[index].y - hits[here].y) * 3 + Math.abs(hits[index].x - hits[here].x);
    const found = order.filter((index) => (hits[index].y - hits[here].y) * down > 0);
    return this.buttons[found.sort((a, b) => distance(a) - distance(b))[0]];
  }

  focus(button) {
    for (const other of this.buttons) other.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  }
}
