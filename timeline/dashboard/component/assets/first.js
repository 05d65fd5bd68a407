// The first view, before Streamlit has started. Where there are routes, the page itself brings this script, which draws what the
// session is going to draw, at the very place where it is going to be; Streamlit's part then takes it over as it stands.

import { el } from "./dom.js";
import { BASE, visit } from "./visit.js";

const FONT_WAIT = 200; // milliseconds: text in another font for a moment is better than none for longer

// The box about the first view: its classes are those of Streamlit's own, so that the same style sheet rules it.
function boxOf(screen) {
  const embedded = new URLSearchParams(location.search).get("embed") === "true";
  const node = el("div", { class: `stMain tl-first${embedded ? " tl-first-embedded" : ""}` }, el("div", {}, screen.node));
  const options = new URLSearchParams(location.search).getAll("embed_options");
  for (const theme of ["light", "dark"]) if (options.includes(`${theme}_theme`)) node.classList.add(`tl-first-${theme}`);
  return node;
}

export const isAsked = () => Boolean(document.querySelector("script[data-first]"));

export class FirstView {
  constructor(screen) {
    this.screen = screen;
    this.node = boxOf(screen);
  }

  // Draws it if the server has one to give; false if there is none, and the session has to.
  async draw() {
    document.body.append(this.node);
    const query = new URLSearchParams(location.search);
    query.set("width", String(this.screen.chart.node.clientWidth));
    const font = document.fonts.load('14px "Source Sans"');
    const answer = await fetch(`${BASE}/first?${query}`, { priority: "high" }).catch(() => null);
    if (!answer?.ok) return this.leave();
    const text = await answer.text();
    await Promise.race([font, new Promise((done) => setTimeout(done, FONT_WAIT))]);
    if (this.left) return false;
    visit.isFirst = true;
    this.screen.begin(JSON.parse(text));
    this.node.classList.add("tl-first-drawn");
    return true;
  }

  leave() {
    this.left = true;
    this.node.remove();
    return false;
  }

  // Moves the screen to where Streamlit wants it: it has been in that very place of the window.
  give(parent) {
    const scrolled = this.node.scrollTop;
    const focused = document.activeElement;
    parent.append(this.screen.node);
    this.leave();
    const main = parent.closest(".stMain");
    if (main && scrolled) main.scrollTop = scrolled;
    if (this.screen.node.contains(focused)) focused.focus({ preventScroll: true });
    this.screen.article.lift();
  }
}
