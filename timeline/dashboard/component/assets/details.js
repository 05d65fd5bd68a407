// One event with its passages, and the whole article of a passage. All text goes in as text nodes.

import { go, hrefOf } from "./address.js";
import { el, grouped, plural } from "./dom.js";

// A real link, so that it opens in a new tab too; a plain click only changes the address.
function link(view, change, ...children) {
  const onclick = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(view, change);
  };
  return el("a", { href: hrefOf(view, change), onclick }, ...children);
}

const toEvent = (view, { id, title, date }) =>
  el("li", {}, link(view, { event: id, passage: "" }, title), el("small", {}, date));

const marked = (piece) => (piece.kinds.length ? el("mark", { class: piece.kinds.map((kind) => `tl-${kind}`).join(" ") }, piece.text) : piece.text);

export function details(data) {
  const { details: event, view } = data;
  return event ? opened(event, view, data) : welcome(data);
}

// The event before or after this one in time, among those found; the keys [ and ] do the same.
function step({ steps, view }, way, arrow) {
  const target = steps[way];
  const name = `${way === "next" ? "Next" : "Previous"} event`;
  return el("button", {
    type: "button", class: "tl-step", "data-key": way, disabled: !target, "aria-label": name,
    "aria-keyshortcuts": way === "next" ? "]" : "[", title: target ? `${name} (${way === "next" ? "]" : "["}): ${target.title}` : name,
    onclick: () => go(view, { event: target.id, passage: "" }),
  }, arrow);
}

function opened(event, view, data) {
  return [
    el("div", { class: "tl-kicker" },
      el("span", { class: "tl-dot", style: { background: event.colour } }),
      event.type,
      el("span", { class: `tl-status tl-is-${event.status_key}` }, event.status),
      el("span", { class: "tl-steps" }, step(data, "previous", "←"), step(data, "next", "→")),
      el("button", { type: "button", class: "tl-close", "data-key": "close", "aria-label": "Close the event", onclick: () => go(view, { event: "", passage: "" }) }, "×"),
    ),
    el("h2", { tabindex: -1 }, event.title),
    event.says && el("p", { class: "tl-says" }, event.says),
    el("p", { class: "tl-when" }, event.dated ? event.date : "Without a date", disputed(event, "date")),
    el("p", { class: "tl-why" }, el("span", {}, event.dated ? "Why this date? " : "Why no date? "), event.why),
    facts(event, view),
    event.disagreements.length > 0 && disagreements(event, view),
    el("h3", {}, "What the articles say", el("small", {}, event.sources)),
    ...event.articles.map((article) => articleCard(article, view)),
    related("Follows", event.follows, view),
    related("Followed by", event.followed, view),
  ].filter(Boolean);
}

const disputed = (event, field) => event.disputed.includes(field) && el("span", { class: "tl-disputed" }, "sources disagree");

function facts(event, view) {
  const rows = [];
  for (const { part, names } of event.actors) {
    const items = names.map(({ id, name, note }) => el("li", {}, note && el("small", {}, note, " "), link(view, { actor: [id], event: event.id }, name)));
    rows.push(el("dt", {}, part), el("dd", {}, el("ul", {}, items)));
  }
  if (event.place) rows.push(el("dt", {}, "Where"), el("dd", {}, event.place));
  if (event.casualties.length) rows.push(el("dt", {}, "Casualties"), el("dd", {}, event.casualties.join(", "), disputed(event, "casualties")));
  return rows.length > 0 && el("dl", {}, rows);
}

// What each side says, beside each other: the value, and under it who gives it, when, and in which words.
function disagreements(event, view) {
  return el("section", { class: "tl-disagree", "aria-label": "Sources disagree" },
    el("h3", {}, "Sources disagree"),
    event.disagreements.map(({ field, claims }) =>
      el("div", { class: "tl-claims", role: "group", "aria-label": field }, el("span", {}, field),
        claims.map((claim) =>
          el("div", { class: "tl-claim" }, el("strong", {}, claim.value),
            claim.told.map((voice) => saying(voice, view)),
            claim.more > 0 && el("small", {}, `and ${plural(claim.more, "article")} more`))))),
  );
}

function saying({ who, published, passage, pieces, cut }, view) {
  return el("figure", {},
    el("figcaption", {}, el("b", {}, who), el("small", {}, published)),
    el("blockquote", {}, cut[0] ? "… " : "", pieces.map(marked), cut[1] ? " …" : ""),
    link(view, { passage }, "Read it there"));
}

function articleCard(article, view) {
  const title = article.url ? el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, article.title) : article.title;
  return el("article", {},
    el("h4", {}, title),
    el("p", { class: "tl-source" },
      [article.publisher, article.author, article.published].filter(Boolean).join(" · "),
      el("span", {}, ` (${article.published_how})`)),
    article.passages.map((passage) => passageBlock(passage, view)));
}

function passageBlock(passage, view) {
  const [before, after] = passage.cut;
  return el("div", { class: "tl-passage", id: `passage-${passage.id}` },
    el("blockquote", {}, before ? "… " : "", passage.pieces.map(marked), after ? " …" : ""),
    passage.notes.map((note) => el("p", { class: "tl-source" }, note)),
    el("p", { class: "tl-source" }, link(view, { passage: passage.id }, "Read the whole article")));
}

const related = (head, events, view) =>
  events.length > 0 && el("section", { class: "tl-related" }, el("h3", {}, head), el("ul", {}, events.map((event) => toEvent(view, event))));

function toShelf(event) {
  event.preventDefault(); // the address says what is shown, not how far the page is scrolled
  const head = document.querySelector(".tl-shelf h2");
  head?.scrollIntoView({ block: "start" });
  head?.focus({ preventScroll: true });
}

function welcome({ highlights, view, counts }) {
  if (!highlights.length) return [];
  return [
    el("h2", { class: "tl-begin" }, "Begin here"),
    el("p", { class: "tl-source" }, "Choose an event to read the passages it was found in, and why it has its date."),
    el("ol", { class: "tl-highlights" },
      highlights.map((event) =>
        el("li", { style: { borderColor: event.colour } },
          el("small", {}, event.date), link(view, { event: event.id, passage: "" }, event.title)))),
    counts.undated > 0 && el("p", { class: "tl-source tl-to-shelf" }, `${grouped(counts.undated)} more without a date are `,
      el("a", { href: "#without-a-date", onclick: toShelf }, "on the shelf below the chart"), "."),
  ];
}

// The whole article of the chosen passage; other events in it are links.
export class Article {
  constructor() {
    this.body = el("div", { class: "tl-reader" });
    this.node = el("dialog", { class: "tl-article", "aria-label": "Article" }, this.body);
    this.node.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    this.node.addEventListener("click", (event) => event.target === this.node && this.close());
  }

  close() {
    go(this.view, { passage: "" });
  }

  // A dialog that is moved within the page lies no longer above it.
  lift() {
    if (!this.node.open) return;
    const scrolled = this.node.scrollTop;
    this.node.close();
    this.node.showModal();
    this.node.scrollTop = scrolled;
  }

  render({ article, view }) {
    this.view = view;
    if (!article) {
      this.node.close();
      return;
    }
    this.body.replaceChildren(
      el("header", {},
        el("div", {}, el("h2", {}, article.title),
          el("p", { class: "tl-source" }, [article.publisher, article.author, article.published].filter(Boolean).join(" · "), ` (${article.published_how})`),
          article.paragraphs.some(({ pieces }) => pieces.some((piece) => piece.event)) &&
            el("p", { class: "tl-source" }, "Underlined words tell of other events: choose one to open it.")),
        el("button", { type: "button", class: "tl-close", "aria-label": "Close the article", onclick: () => this.close() }, "×")),
      ...article.paragraphs.map((paragraph) => this.paragraph(paragraph, view)),
    );
    if (!this.node.open) this.node.showModal();
    // Scrolls within the dialog alone: scrollIntoView() would take the page behind along.
    const trigger = this.body.querySelector(".tl-here .tl-sentence.tl-trigger") ?? this.body.querySelector(".tl-trigger");
    const offset = trigger ? trigger.getBoundingClientRect().top - this.node.getBoundingClientRect().top : 0;
    this.node.scrollTop += offset - this.node.clientHeight / 2;
  }

  paragraph({ pieces, here, aside }, view) {
    const written = pieces.map((piece) => (piece.event ? link(view, { event: piece.event, passage: "" }, marked(piece)) : marked(piece)));
    return el("p", { class: [here && "tl-here", aside && "tl-aside"].filter(Boolean).join(" ") || null }, written);
  }
}
