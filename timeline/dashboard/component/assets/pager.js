// Turns the pages of a long list.

import { el, grouped } from "./dom.js";

export function pager({ page, pages, first, rows, of }, name, turn) {
  if (pages < 2) return [];
  const step = (to, text, key) =>
    el("button", { type: "button", "data-key": `${name}-${key}`, disabled: to < 1 || to > pages, onclick: () => turn(to) }, text);
  const field = el("input", { type: "number", min: 1, max: pages, value: String(page), "aria-label": `Page of the ${name}`, "data-key": `${name}-page`,
    onchange: (event) => turn(Math.min(pages, Math.max(1, Math.round(Number(event.target.value)) || 1))) });
  const numbers = [first, first + rows.length - 1, of].map(grouped);
  return [
    el("nav", { class: "tl-pager", "aria-label": `Pages of the ${name}` },
      step(page - 1, "← Previous page", "back"),
      el("label", {}, "Page ", field, ` of ${grouped(pages)}`),
      step(page + 1, "Next page →", "on"),
      el("span", { role: "status" }, `${numbers[0]}–${numbers[1]} of ${numbers[2]}`)),
  ];
}
