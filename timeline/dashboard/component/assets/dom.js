// Makes elements. Text only ever becomes a text node: nothing that an article says can turn into markup.

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(node.style, value);
    else if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== "" && child !== false));
  return node;
}

const keyed = (node, key) => node.querySelector(`[data-key="${CSS.escape(key)}"]`);

// Replaces what is in a node; whoever was focused is focused again, and what was unfolded is unfolded, found by their data-key.
export function refill(node, ...children) {
  const active = document.activeElement;
  const key = node.contains(active) ? active.dataset.key : undefined;
  const unfolded = [...node.querySelectorAll("details[open][data-key]")].map((one) => one.dataset.key);
  node.replaceChildren(...children.flat().filter(Boolean));
  for (const one of unfolded) keyed(node, one)?.setAttribute("open", "");
  if (key) keyed(node, key)?.focus({ preventScroll: true });
}

export function debounced(run, milliseconds) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...given), milliseconds);
  };
}

// 12345 as 12,345. By hand: what the browser has for it takes a tenth of a second to load before the first mark.
export const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

export const plural = (number, thing) =>
  `${grouped(number)} ${thing}${number === 1 ? "" : "s"}`;

// Once the browser has painted what is there now; at once where nobody looks, for a hidden page is never painted.
export function afterPaint(run) {
  if (document.hidden) run();
  else requestAnimationFrame(() => setTimeout(run));
}
