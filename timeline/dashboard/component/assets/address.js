// The address is the state: every choice writes it, and Streamlit runs the page again for what it says.

const SEVERAL = ["actor", "type", "status", "place", "article"];
const SINGLE = ["match", "role", "from", "to", "q", "lanes", "event", "passage", "page", "shelf", "v"];
const DEFAULTS = { match: "any", role: "any", lanes: "type" };
export const CLEARED = { actor: [], type: [], status: [], place: [], article: [], role: "any", q: "", from: "", to: "", match: "any" };
const PLATFORM = ["embed", "embed_options"];

export function queryOf(view) {
  const query = new URLSearchParams();
  for (const name of SEVERAL) for (const value of view[name]) query.append(name, value);
  for (const name of SINGLE)
    if (view[name] && view[name] !== DEFAULTS[name]) query.set(name, view[name]);
  const here = new URLSearchParams(location.search);
  for (const name of PLATFORM) for (const value of here.getAll(name)) query.append(name, value);
  return query.toString();
}

// Another choice of events begins again on the first page of the lists; looking about leaves the lists where they are.
const LOOKS = ["event", "passage", "page", "shelf", "v"];
const MOVES = [...LOOKS, "from", "to", "lanes"];

function turnedBack(change) {
  const names = Object.keys(change);
  return {
    ...(names.every((name) => LOOKS.includes(name)) && !change.event ? {} : { page: "" }),
    ...(names.every((name) => MOVES.includes(name)) ? {} : { shelf: "" }),
  };
}

// `whole`: out of the frame that this page may be embedded in.
export function hrefOf(view, change = {}, { whole = false } = {}) {
  const parameters = new URLSearchParams(queryOf({ ...view, ...turnedBack(change), ...change }));
  if (whole) for (const name of PLATFORM) parameters.delete(name);
  const query = parameters.toString();
  return location.pathname + (query ? `?${query}` : "");
}

// A choice makes an entry in the history; what only moves the window (`quiet`) takes the place of the last one.
export function go(view, change, { quiet = false } = {}) {
  const target = hrefOf(view, change);
  if (target === location.pathname + location.search) return;
  history[quiet ? "replaceState" : "pushState"]({}, "", target);
  answering({ ...view, ...change }, change);
}

// The session answers; where there are routes they answer sooner, and it then finds nothing left to change.
let answering = () => askSession();

export const askSession = () => dispatchEvent(new PopStateEvent("popstate", { state: {} }));

export function answerWith(run) {
  answering = run;
}

// Whether these pairs of names and values, sorted, are what the address says.
export function isHere(pairs) {
  const here = [...new URLSearchParams(location.search)].filter(([name]) => !PLATFORM.includes(name));
  const sorted = (all) => JSON.stringify(all.map((pair) => pair.join("=")).sort());
  return sorted(here) === sorted(pairs);
}

export async function copyLink(view, version) {
  const link = location.origin + hrefOf(view, { v: version });
  try {
    await navigator.clipboard.writeText(link);
    return "Link copied";
  } catch {
    prompt("Copy this link:", link); // browsers give no clipboard to pages without https
    return "";
  }
}
