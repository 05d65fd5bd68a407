// Loads plotly.js once a page, however many ask for it: it is a plain script that leaves its name on the window.

export function plotly() {
  window.timelinePlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("vendor/plotly-basic.min.js", import.meta.url).href;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("plotly.js cannot be loaded"));
    document.head.append(script);
  });
  return window.timelinePlotly;
}
