/* Very many of the reader's own rows: dots, drawn pixel by pixel, that let each other
   through as far as is needed to see where they are most. */
(() => {
  "use strict";
  const own = window.borderviz.overlay;
  // From so many points in view on: the radius of a dot in pixels.
  const DOTS = [
    [30_000, 1.5],
    [8_000, 2.1],
    [0, 2.8],
  ];
  const CELL = 6; // pixels: in a square of this size dots are counted
  const [THIN, DENSE] = [0.62, 0.92]; // opacity of a cell with one dot, and with the most

  /* What a dot covers of each pixel around its middle: dx, dy, cover, dx, … */
  const stamp = (radius) => {
    const found = [];
    const most = Math.ceil(radius);
    for (let dy = -most; dy <= most; dy += 1) {
      for (let dx = -most; dx <= most; dx += 1) {
        const cover = Math.min(1, radius + 0.5 - Math.hypot(dx, dy));
        if (cover > 0.05) found.push(dx, dy, cover);
      }
    }
    return Float32Array.from(found);
  };

  /* How opaque each dot is: a crowd is to be darker than a few, and not all of one shade. */
  const opacities = ({ xs, ys, count }, radius, width) => {
    const across = Math.ceil(width / CELL) + 1;
    const cells = Uint32Array.from({ length: count }, (_, i) => {
      const [x, y] = [Math.max(0, xs[i]), Math.max(0, ys[i])];
      return Math.floor(y / CELL) * across + Math.min(across - 1, Math.floor(x / CELL));
    });
    const counts = new Uint32Array(cells.reduce((a, b) => Math.max(a, b), 0) + 1);
    for (const cell of cells) counts[cell] += 1;
    const most = Math.log(counts.reduce((a, b) => Math.max(a, b), 2));
    const layers = (Math.PI * radius ** 2) / CELL ** 2; // dots over a pixel, for each in the cell
    const byCount = new Map();
    return Float32Array.from(cells, (cell) => {
      const number = counts[cell];
      if (!byCount.has(number)) {
        const whole = THIN + ((DENSE - THIN) * Math.log(number)) / most;
        byCount.set(number, 1 - (1 - whole) ** (1 / Math.max(1, number * layers)));
      }
      return byCount.get(number);
    });
  };

  /* A hundred thousand dots as pixels: a drawing command for each would take longer. */
  own.drawDots = (pen, points, colours, ratio) => {
    const { xs, ys, kinds, count } = points;
    const { width, height } = pen.canvas;
    const image = pen.getImageData(0, 0, width, height);
    const { data } = image;
    const inks = Float32Array.from(colours.flatMap((colour) => colour.match(/[\d.]+/g).slice(0, 3)));
    const [, radius] = DOTS.find(([least]) => count >= least);
    const dot = stamp(radius * ratio);
    const opacity = opacities(points, radius, width / ratio);
    for (let i = 0; i < count; i += 1) {
      const ink = 3 * kinds[i];
      const left = Math.round(xs[i] * ratio);
      const top = Math.round(ys[i] * ratio);
      for (let n = 0; n < dot.length; n += 3) {
        const x = left + dot[n];
        const y = top + dot[n + 1];
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        const at = 4 * (y * width + x);
        const cover = dot[n + 2] * opacity[i];
        const whole = cover + (data[at + 3] / 255) * (1 - cover);
        const part = cover / whole;
        data[at] += (inks[ink] - data[at]) * part;
        data[at + 1] += (inks[ink + 1] - data[at + 1]) * part;
        data[at + 2] += (inks[ink + 2] - data[at + 2]) * part;
        data[at + 3] = 255 * whole;
      }
    }
    pen.putImageData(image, 0, 0);
  };
})();
