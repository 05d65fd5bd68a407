// What the server sends, unpacked; and the routes beside the dashboard, which answer before the session does.

export async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// Components are served below the dashboard's base path, and so are the routes.
const BASE = new URL(import.meta.url).pathname.split("/_stcore/")[0];
const MOST_REMEMBERED = 60;

class Visit {
  constructor() {
    this.key = "";
    this.answers = new Map();
  }

  // A new key is a new visit or another chronology: what was fetched before says nothing of it.
  renew(key, version) {
    if (key === this.key && version === this.version) return;
    this.key = key;
    this.version = version;
    this.answers.clear();
  }

  // The answer of a route as text; null where there is none, and the session must do. Asked for twice, it is fetched once.
  ask(route, query) {
    if (!this.key) return Promise.resolve(null);
    const address = `${BASE}/visit/${this.key}/${route}?${query}`;
    if (!this.answers.has(address)) {
      const answer = fetch(address).then((found) => (found.ok ? found.text() : null)).catch(() => null);
      this.answers.set(address, answer);
      if (this.answers.size > MOST_REMEMBERED) this.answers.delete(this.answers.keys().next().value);
      answer.then((text) => text === null && this.answers.delete(address));
    }
    return this.answers.get(address);
  }
}

export const visit = new Visit();
