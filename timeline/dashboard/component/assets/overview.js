// The strip above the chart: the whole range with its quiet stretches folded, and the window as a frame to drag.

import { go } from "./address.js";
import { dayOf, timeOf } from "./chart.js";
import { el } from "./dom.js";

const percent = (share) => `${(share * 100).toFixed(3)}%`;
const DAY = 86_400_000;
const EDGE = 9; // pixels about an edge of the frame within which it is taken hold of

function interpolate(pairs, value) {
  const i = Math.max(1, pairs.findIndex(([from]) => from >= value));
  const last = value > pairs.at(-1)[0] ? pairs.length - 1 : i;
  const [[a, x], [b, y]] = [pairs[last - 1], pairs[last]];
  return x + ((y - x) * (Math.min(Math.max(value, a), b) - a)) / (b - a || 1);
}

export class Overview {
  constructor() {
    this.node = el("div", { class: "tl-overview", role: "img" });
    this.node.addEventListener("pointerdown", (event) => this.onDown(event));
  }

  render(data) {
    this.data = data;
    const { overview, window } = data;
    this.node.hidden = !overview.knots;
    if (!overview.knots) return;
    this.days = overview.knots.map(([day, share]) => [timeOf(day), share]);
    this.shares = this.days.map(([day, share]) => [share, day]);
    this.node.setAttribute("aria-label", `Overview: ${overview.text}. Shown: ${window.text}.`);
    this.frame = el("div", { class: "tl-frame" });
    this.place(interpolate(this.days, timeOf(window.from)), interpolate(this.days, timeOf(window.to) + DAY));
    this.node.replaceChildren(
      ...overview.folds.map(({ from, to, text }) => el("div", { class: "tl-fold", title: text, style: { left: percent(from), width: percent(to - from) } })),
      ...overview.bars.map((bar) => this.bar(bar)),
      ...overview.labels.map((label) => el("span", { style: { left: percent(label.x) } }, label.text)),
      this.frame,
    );
    // Just before the paint, when all else is in its place: to ask for positions earlier would have the page laid out twice.
    requestAnimationFrame(() => this.thin());
  }

  // Of labels that would overlap, the later one stays: the crisis is more often at the end.
  thin() {
    let limit = this.node.clientWidth;
    const labels = [...this.node.querySelectorAll("span:not([hidden])")].reverse();
    const places = labels.map((label) => [label.offsetLeft, label.offsetLeft + label.offsetWidth]);
    places.forEach(([left, right], index) => {
      labels[index].hidden = right > limit;
      if (right <= limit) limit = left - 6;
    });
  }

  bar({ x, width, height, text }) {
    const style = { left: percent(x), width: percent(width), height: `${6 + 30 * height}px` };
    return el("div", { class: "tl-bar", title: text, style });
  }

  place(from, to) {
    this.ends = [from, Math.max(to, from + 0.004)];
    Object.assign(this.frame.style, { left: percent(this.ends[0]), width: percent(this.ends[1] - this.ends[0]) });
  }

  share(event) {
    const box = this.node.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  }

  // At an edge of the frame: moves the edge. Inside: moves the frame. Outside: draws a new one; a click without a drag goes there.
  onDown(event) {
    const begun = this.share(event);
    const [from, to] = this.ends;
    const near = (edge) => Math.abs(begun - edge) * this.node.clientWidth < EDGE;
    const fixed = near(to) ? from : near(from) ? to : null;
    const moving = begun >= from && begun <= to && to - from < 0.98;
    this.node.setPointerCapture(event.pointerId);
    const onMove = (move) => {
      const now = this.share(move);
      if (fixed !== null) this.place(Math.min(fixed, now), Math.max(fixed, now));
      else if (moving) this.place(...this.clamped(from + now - begun, to + now - begun));
      else this.place(Math.min(begun, now), Math.max(begun, now));
    };
    const onUp = (up) => {
      this.node.removeEventListener("pointermove", onMove);
      const moved = Math.abs(this.share(up) - begun) > 0.005;
      if (!moved && (moving || fixed !== null)) return;
      if (!moved) this.place(...this.clamped(begun - (to - from) / 2, begun + (to - from) / 2));
      this.choose();
    };
    this.node.addEventListener("pointermove", onMove);
    this.node.addEventListener("pointerup", onUp, { once: true });
  }

  clamped(from, to) {
    const shift = Math.max(0, -from) - Math.max(0, to - 1);
    return [from + shift, to + shift];
  }

  choose() {
    const [from, to] = this.ends.map((share) => interpolate(this.shares, share));
    go(this.data.view, { from: dayOf(from), to: dayOf(Math.max(from, to - 1)) }, { quiet: true });
  }
}
