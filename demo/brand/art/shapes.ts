/** A shape is its signed distance in pixels: negative inside. Edges are smoothed from it, shadows are it, blurred. */
export type Shape = { bounds: readonly [left: number, top: number, right: number, bottom: number]; distance(x: number, y: number): number };

export function circle(cx: number, cy: number, radius: number): Shape {
  return {
    bounds: [cx - radius, cy - radius, cx + radius, cy + radius],
    distance: (x, y) => Math.hypot(x - cx, y - cy) - radius,
  };
}

export function ellipse(cx: number, cy: number, rx: number, ry: number): Shape {
  return {
    bounds: [cx - rx, cy - ry, cx + rx, cy + ry],
    distance(x, y) {
      const near = Math.hypot((x - cx) / rx, (y - cy) / ry);
      const slope = Math.hypot((x - cx) / (rx * rx), (y - cy) / (ry * ry));
      // In the very centre the slope is 0; any depth will do there.
      return slope === 0 ? -Math.min(rx, ry) : (near * (near - 1)) / slope;
    },
  };
}

/** A rectangle, with rounded corners. */
export function box(left: number, top: number, width: number, height: number, radius = 0): Shape {
  const cx = left + width / 2;
  const cy = top + height / 2;
  return {
    bounds: [left, top, left + width, top + height],
    distance(x, y) {
      const dx = Math.abs(x - cx) - width / 2 + radius;
      const dy = Math.abs(y - cy) - height / 2 + radius;
      return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
    },
  };
}

/** A line with round ends. */
export function line(x1: number, y1: number, x2: number, y2: number, width: number): Shape {
  const half = width / 2;
  const dx = x2 - x1;
  const dy = y2 - y1;
  const square = dx * dx + dy * dy || 1;
  return {
    bounds: [Math.min(x1, x2) - half, Math.min(y1, y2) - half, Math.max(x1, x2) + half, Math.max(y1, y2) + half],
    distance(x, y) {
      const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / square));
      return Math.hypot(x - x1 - along * dx, y - y1 - along * dy) - half;
    },
  };
}

/** Straight sides from the top edge to the bottom edge, e.g. a tube that widens. */
export function trapezoid(cx: number, top: number, bottom: number, topWidth: number, bottomWidth: number, radius = 0): Shape {
  const half = Math.max(topWidth, bottomWidth) / 2;
  const height = bottom - top;
  const lean = (bottomWidth - topWidth) / 2 / height;
  const steep = Math.hypot(1, lean);
  return {
    bounds: [cx - half, top, cx + half, bottom],
    distance(x, y) {
      const side = (Math.abs(x - cx) - topWidth / 2 - lean * (y - top)) / steep + radius;
      const end = Math.abs(y - top - height / 2) - height / 2 + radius;
      return Math.hypot(Math.max(side, 0), Math.max(end, 0)) + Math.min(Math.max(side, end), 0) - radius;
    },
  };
}

/** What lies in both. */
export function common(a: Shape, b: Shape): Shape {
  return {
    bounds: [
      Math.max(a.bounds[0], b.bounds[0]),
      Math.max(a.bounds[1], b.bounds[1]),
      Math.min(a.bounds[2], b.bounds[2]),
      Math.min(a.bounds[3], b.bounds[3]),
    ],
    distance: (x, y) => Math.max(a.distance(x, y), b.distance(x, y)),
  };
}

export function without(a: Shape, hole: Shape): Shape {
  return { bounds: a.bounds, distance: (x, y) => Math.max(a.distance(x, y), -hole.distance(x, y)) };
}

/** Only the edge, so many pixels wide. */
export function outline(shape: Shape, width: number): Shape {
  const [left, top, right, bottom] = shape.bounds;
  const half = width / 2;
  return {
    bounds: [left - half, top - half, right + half, bottom + half],
    distance: (x, y) => Math.abs(shape.distance(x, y)) - half,
  };
}

/** Turned clockwise around a point. */
export function turned(shape: Shape, degrees: number, cx: number, cy: number): Shape {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const [left, top, right, bottom] = shape.bounds;
  const corners = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ].map(([x = 0, y = 0]) => [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos] as const);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return {
    bounds: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    distance: (x, y) => shape.distance(cx + (x - cx) * cos + (y - cy) * sin, cy - (x - cx) * sin + (y - cy) * cos),
  };
}
