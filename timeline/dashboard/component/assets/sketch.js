// The first paint: the chart's figure on a canvas, before plotly.js is there. It knows the few kinds of marks that figures.py makes.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONG = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

const momentOf = (text) => Date.parse(`${text.replace(" ", "T")}Z`);
const each = (value, index) => (Array.isArray(value) ? value[index] : value);
const plain = (text) => text.replace(/<\/?b>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const SHAPES = {
  diamond: (pen, r) => [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]].forEach(([x, y]) => pen.lineTo(x * r, y * r)),
  square: (pen, r) => pen.rect(-r, -r, 2 * r, 2 * r),
  "triangle-up": (pen, r) => [[0, -1], [1.15, 1], [-1.15, 1]].forEach(([x, y]) => pen.lineTo(x * r, y * r)),
  "triangle-right": (pen, r) => [[1, 0], [-1, 1.15], [-1, -1.15]].forEach(([x, y]) => pen.lineTo(x * r, y * r)),
  x: (pen, r) => [[-1, -1], [0, -0.4], [1, -1], [0.4, 0], [1, 1], [0, 0.4], [-1, 1], [-0.4, 0]].forEach(([x, y]) => pen.lineTo(x * r, y * r)),
};

export function sketch(canvas, { data, layout }, width) {
  const ratio = devicePixelRatio || 1;
  Object.assign(canvas, { width: width * ratio, height: layout.height * ratio });
  Object.assign(canvas.style, { width: `${width}px`, height: `${layout.height}px` });
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  new Sketch(pen, layout, width).draw(data);
}

class Sketch {
  constructor(pen, layout, width) {
    const { l, r, t, b } = layout.margin;
    this.pen = pen;
    this.layout = layout;
    this.box = { left: l, top: t, width: width - l - r, height: layout.height - t - b };
    this.days = layout.xaxis.range.map(momentOf);
  }

  x(moment) {
    return this.box.left + ((moment - this.days[0]) / (this.days[1] - this.days[0])) * this.box.width;
  }

  y(row) {
    const [bottom, top] = this.layout.yaxis.range;
    return this.box.top + ((row - top) / (bottom - top)) * this.box.height;
  }

  draw(data) {
    for (const shape of this.layout.shapes) this.stripe(shape);
    this.axis();
    for (const annotation of this.layout.annotations) this.name(annotation);
    for (const trace of data) {
      if (trace.type === "bar") this.bars(trace);
      else if (trace.mode.includes("lines")) this.whiskers(trace);
      else if (trace.mode.includes("markers")) this.points(trace);
      if (trace.text && trace.type !== "bar") this.texts(trace);
    }
  }

  stripe({ xsizemode, xanchor, x0, x1, y0, y1, fillcolor }) {
    const at = (x) => (xsizemode === "pixel" ? this.box.left + xanchor * this.box.width + x : this.box.left + x * this.box.width);
    this.pen.fillStyle = fillcolor;
    this.pen.fillRect(at(x0), this.y(y0), at(x1) - at(x0), this.y(y1) - this.y(y0));
  }

  axis() {
    const { xaxis } = this.layout;
    const { pen, box } = this;
    let above = "";
    for (const moment of this.ticks(xaxis)) {
      const [label, rest] = labelled(new Date(moment), xaxis.tickformat).split("\n");
      pen.fillStyle = xaxis.gridcolor;
      pen.fillRect(Math.round(this.x(moment)), box.top - 4, 1, box.height + 4);
      const written = { size: 12, align: "center", colour: this.layout.font.color };
      this.write(label, this.x(moment), box.top - (rest ? 28 : 13), written);
      if (rest && rest !== above) this.write(rest, this.x(moment), box.top - 13, written);
      above = rest;
    }
  }

  *ticks({ dtick, tick0 }) {
    const [from, to] = this.days;
    if (typeof dtick === "number") {
      const zero = Date.parse(`${tick0}T00:00:00Z`);
      for (let at = zero + Math.ceil((from - zero) / dtick) * dtick; at <= to; at += dtick) yield at;
      return;
    }
    const step = Number(dtick.slice(1));
    const begun = new Date(from);
    let month = Math.ceil((begun.getUTCFullYear() * 12 + begun.getUTCMonth()) / step) * step;
    for (let at; (at = Date.UTC(Math.floor(month / 12), month % 12)) <= to; month += step) if (at >= from) yield at;
  }

  name({ text, font, y, xshift, xanchor, yanchor = "middle" }) {
    const lines = text.split("<br>");
    const middle = this.y(y) + (yanchor === "top" ? 12 : 0);
    lines.forEach((line, index) => {
      const [name, count = ""] = line.split("</b>").map(plain);
      const style = { size: font.size, colour: font.color };
      const row = middle + (index - (lines.length - 1) / 2) * 16;
      let at = this.box.left + xshift;
      for (const [part, weight] of xanchor === "right" ? [[count, false], [name, true]] : [[name, true], [count, false]]) {
        this.write(part, at, row, { ...style, align: xanchor, bold: weight });
        at += (xanchor === "right" ? -1 : 1) * this.pen.measureText(part).width;
      }
    });
  }

  bars({ base, x, y, width, marker, text, textfont }) {
    const { pen } = this;
    base.forEach((start, index) => {
      const [from, to] = [momentOf(start), momentOf(start) + x[index]].map((moment) => Math.min(Math.max(this.x(moment), this.box.left), this.box.left + this.box.width));
      const [top, bottom] = [this.y(y[index] - width[index] / 2), this.y(y[index] + width[index] / 2)];
      pen.fillStyle = each(marker.color, index);
      pen.fillRect(from, top, to - from, bottom - top);
      if (marker.line) {
        pen.strokeStyle = each(marker.line.color, index);
        pen.lineWidth = each(marker.line.width, index);
        pen.strokeRect(from, top, to - from, bottom - top);
      }
      if (text && pen.measureText(text[index]).width < to - from) this.write(text[index], (from + to) / 2, (top + bottom) / 2, { size: textfont.size, align: "center", colour: textfont.color });
    });
  }

  whiskers({ x, y, line, marker }) {
    const { pen } = this;
    pen.strokeStyle = line.color;
    pen.lineWidth = line.width;
    pen.setLineDash(line.dash === "dot" ? [2, 3] : []);
    pen.beginPath();
    for (let i = 0; i < x.length; i += 3) {
      const row = this.y(y[i]);
      [x[i], x[i + 1]].map((text) => this.x(momentOf(text))).forEach((at, end, ends) => {
        if (end) pen.moveTo(ends[0], row), pen.lineTo(at, row);
        if (marker.size[i + end]) pen.moveTo(at, row - 4.5), pen.lineTo(at, row + 4.5);
      });
    }
    pen.stroke();
    pen.setLineDash([]);
  }

  points({ x, y, marker }) {
    const { pen } = this;
    x.forEach((moment, index) => {
      const symbol = each(marker.symbol, index);
      const radius = each(marker.size, index) / 2;
      pen.save();
      pen.translate(this.x(momentOf(moment)), this.y(y[index]));
      pen.beginPath();
      if (SHAPES[symbol]) SHAPES[symbol](pen, radius);
      else pen.arc(0, 0, radius, 0, 2 * Math.PI);
      pen.closePath();
      const colour = each(marker.color, index);
      const open = symbol.endsWith("-open");
      pen.fillStyle = colour;
      if (!open) pen.fill();
      pen.strokeStyle = open ? colour : each(marker.line?.color ?? colour, index);
      pen.lineWidth = each(marker.line?.width ?? 0, index);
      if (pen.lineWidth && marker.line) pen.stroke();
      pen.restore();
    });
  }

  texts({ x, y, text, textposition, textfont }) {
    x.forEach((moment, index) => {
      const position = each(textposition ?? "middle center", index);
      const align = position.endsWith("left") ? "right" : position.endsWith("right") ? "left" : "center";
      this.write(plain(text[index]), this.x(momentOf(moment)), this.y(y[index]), { size: textfont.size, align, colour: textfont.color });
    });
  }

  write(text, x, y, { size, align, colour, bold }) {
    const { pen, layout } = this;
    pen.font = `${bold ? "bold " : ""}${size}px ${layout.font.family}`;
    pen.textAlign = align;
    pen.textBaseline = "middle";
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  }
}

const labelled = (day, format) =>
  format
    .replace("%a", WEEKDAYS[day.getUTCDay()])
    .replace("%-d", day.getUTCDate())
    .replace("%B", LONG[day.getUTCMonth()])
    .replace("%b", MONTHS[day.getUTCMonth()])
    .replace("%Y", day.getUTCFullYear());
