// Has the browser fetch the scripts of the screen, and keeps no room for itself.
import "../timeline.screen/index.js";

export default function ({ parentElement }) {
  parentElement.classList.add("tl-preload");
}
