import { plotly } from "./plotly.js";

export default function ({ parentElement }) {
  parentElement.classList.add("tl-preload");
  plotly().catch(() => {}); // the chart tells of it
}
