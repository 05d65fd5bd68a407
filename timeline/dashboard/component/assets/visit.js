// What the server sends, unpacked; and the routes beside the dashboard, which answer before the session does.

export async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// Components are served below the dashboard's base path, and so are the routes.
export const BASE = new URL(import.meta.url).pathname.split("/_stcore/")[0];
const MOST_REMEMBERED = 500;

class Visit {
  constructor() {
    this.key = "";
    this.answers = new Map();
  }

  // A new key is a new visit or another chronology: what was fetched before says nothing of it.
  renew(key, version) {
    if (key === this.key && version === this.version) return;
    this.isFirst = false;
    this.key = key;
    this.version = version;
    this.answers.clear();
  }

  // The answer of a route as text; null where there is none, and the session must do. Asked for twice, it is fetched once.
  ask(route, query) {
    const asked = `${route}?${query}`;
    if (!this.answers.has(asked)) {
      const address = this.addressOf(asked, query);
      if (!address) return Promise.resolve(null);
      const answer = fetch(address).then((found) => (found.ok ? found.text() : null)).catch(() => null);
      this.keep(asked, answer);
      answer.then((text) => text === null && this.answers.delete(asked));
    }
    return this.answers.get(asked);
  }

  // Before there is a session there is no key, and the page's own route answers with the whole screen.
  addressOf(asked, query) {
    if (this.key) return `${BASE}/visit/${this.key}/${asked}`;
    return this.isFirst ? `${BASE}/first?${query}` : "";
  }

  // Where there are no routes, the session sends the passages of what is drawn before they are asked for.
  keep(asked, answer) {
    this.answers.set(asked, answer);
    if (this.answers.size > MOST_REMEMBERED) this.answers.delete(this.answers.keys().next().value);
  }
}

export const visit = new Visit();
