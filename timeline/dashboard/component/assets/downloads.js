// What can be taken along: the chart as a picture, drawn here and not on the server, the view as one file, or on paper.

import { el } from "./dom.js";

const PICTURES = { png: "image/png", svg: "image/svg+xml" };

export class DownloadMenu {
  constructor(chart, ask) {
    this.chart = chart;
    this.ask = ask;
    const item = (text, choose) => el("button", { type: "button", onclick: () => this.run(choose) }, text);
    this.node = el("details", { class: "tl-select tl-downloads" },
      el("summary", {}, "Download"),
      el("div", { class: "tl-menu" },
        item("Picture (PNG)", () => this.picture("png")),
        item("Drawing (SVG)", () => this.picture("svg")),
        item("Page with passages, works offline (HTML)", () => this.ask("html")),
        item("Table (CSV)", () => this.ask("csv")),
        item("Print", () => print())));
    document.addEventListener("pointerdown", (event) => {
      if (!this.node.contains(event.target)) this.node.open = false;
    });
  }

  run(choose) {
    this.node.open = false;
    choose();
  }

  async picture(format) {
    save(`timeline.${format}`, PICTURES[format], contentOf(await this.chart.picture(format)));
  }

  // A file that the server has made comes with the data of the next run, once.
  async render({ download }) {
    if (!download || download.number === this.taken) return;
    this.taken = download.number;
    let { text } = download;
    if (download.name.endsWith(".html")) {
      // By a function: in a plain replacement the dollars of a name would be read as patterns.
      const chart = await this.inlined();
      text = text.replace("<!-- chart -->", () => chart);
    }
    save(download.name, download.type, new Blob([text]));
  }

  // As an image, not as markup: whatever a title holds cannot run in it.
  async inlined() {
    if (!this.chart.data?.figure) return "";
    const picture = await this.chart.picture("svg");
    const image = el("img", { src: picture, alt: this.chart.data.alternative, style: { maxWidth: "100%" } });
    return image.outerHTML;
  }
}

// What a data: address holds. By hand: a page that may connect to its own server alone may not fetch() one.
function contentOf(address) {
  const comma = address.indexOf(",");
  const body = address.slice(comma + 1);
  if (!address.slice(0, comma).endsWith(";base64")) return decodeURIComponent(body);
  return Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
}

function save(name, type, blob) {
  const href = URL.createObjectURL(new Blob([blob], { type }));
  el("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
