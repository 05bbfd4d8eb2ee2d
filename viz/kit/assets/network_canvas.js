// The canvas of the explorer: vis-network places and moves things, and their looks are those of the SVG.
// `state` holds the scene of the day, which of its nodes are seen or hidden, and which one has the focus.
const networkCanvas = (data, holder, stops, state) => {
  "use strict";
  const FONT = "14px FONTS";
  const LINE = 17;

  const words = (ctx, lines, x, y, bold) => {
    ctx.font = (bold ? "bold " : "") + FONT;
    ctx.fillStyle = "#1a1a1a";
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    lines.forEach((line, row) => ctx.fillText(line, x, y + 13 + row * LINE));
  };
  const ring = (ctx, x, y, width, height) => {
    ctx.lineWidth = 3;
    ctx.strokeStyle = "#1a1a1a";
    ctx.strokeRect(x - 4, y - 4, width + 8, height + 8);
  };
  // What only a plan knows is dashed, as in the SVG.
  const DASHES = [5, 4];
  const planned = new Map(data.planned);
  const isPlanned = (body) => planned.has(body) && state.day >= planned.get(body);
  const dashed = new Set(data.dashed);
  const boxNode = ([body, x, y, height]) => ({
    id: "b" + body, x: x + data.width / 2, y: y + height / 2, shape: "custom", fixed: true,
    ctxRenderer: ({ ctx }) => ({
      drawNode: () => {
        const kind = data.kinds[data.bodies[body][1]];
        const middle = body === data.centre;
        ctx.fillStyle = "#fff";
        ctx.strokeStyle = middle ? "#1a1a1a" : "#4d4d4d";
        ctx.lineWidth = middle ? 3 : 1.3;
        ctx.fillRect(x, y, data.width, height);
        ctx.setLineDash(isPlanned(body) ? DASHES : []);
        ctx.strokeRect(x, y, data.width, height);
        ctx.setLineDash([]);
        ctx.beginPath();
        const corners = data.icons[kind[1]];
        for (let at = 0; at < corners.length; at += 2) ctx.lineTo(x + 11 + 6 * corners[at], y + height / 2 + 6 * corners[at + 1]);
        ctx.closePath();
        ctx.fillStyle = kind[2];
        ctx.fill();
        ctx.lineWidth = 1;
        ctx.strokeStyle = "#1a1a1a";
        ctx.stroke();
        words(ctx, data.bodies[body][2], x + 23, y + 1, middle);
        if (state.focus === "b" + body) ring(ctx, x, y, data.width, height);
      },
      nodeDimensions: { width: data.width, height },
    }),
  });
  const labelNode = (label, number) => {
    const [name, x, y, width] = label;
    const lines = data.names[name][1];
    const height = lines.length * LINE;
    return {
      id: "l" + number, x: x + width / 2, y: y + height / 2, shape: "custom", fixed: true,
      ctxRenderer: ({ ctx }) => ({
        drawNode: () => {
          words(ctx, lines, x, y, false);
          if (state.focus === "l" + number) ring(ctx, x, y, width, height);
        },
        nodeDimensions: { width, height },
      }),
    };
  };
  const stroke = (ctx, label) => {
    ctx.setLineDash(dashed.has(state.scene.l[label][0]) ? DASHES : []);
    ctx.stroke();
    ctx.setLineDash([]);
  };
  const drawLines = (ctx) => {
    ctx.lineWidth = 1.3;
    ctx.strokeStyle = ctx.fillStyle = "#4d4d4d";
    for (const [label, arrow, ...points] of state.scene.p) {
      if (!state.seen.has("l" + label) || !endSeen(...points.slice(-2))) continue;
      ctx.beginPath();
      for (let at = 0; at < points.length; at += 2) ctx.lineTo(points[at], points[at + 1]);
      stroke(ctx, label);
      if (arrow) tip(ctx, ...points.slice(-2), points[points.length - 4]);
    }
    for (const [label, arrow, x, outer, first, ...middles] of state.scene.g) {
      if (!state.seen.has("l" + label)) continue;
      const there = middles.filter((y) => endSeen(outer, y));
      ctx.beginPath();
      ctx.moveTo(x, Math.min(first, ...there));
      ctx.lineTo(x, Math.max(first, ...there));
      for (const y of there) {
        ctx.moveTo(x, y);
        ctx.lineTo(outer, y);
      }
      stroke(ctx, label);
      if (arrow) for (const y of there) tip(ctx, outer, y, x);
    }
  };
  const tip = (ctx, x, y, from) => {
    const way = x < from ? -1 : 1;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x - 9 * way, y - 4);
    ctx.lineTo(x - 9 * way, y + 4);
    ctx.fill();
  };
  // A stretch that ends at a box which a filter has taken away goes with it.
  const endSeen = (x, y) => !state.hidden.some((one) =>
    y > one[2] && y < one[2] + one[3] && (Math.abs(one[1] - x) < 3 || Math.abs(one[1] + data.width - x) < 3));

  const network = new vis.Network(holder, { nodes: [], edges: [] }, {
    physics: false,
    layout: { randomSeed: 1 },
    interaction: { dragNodes: false, zoomView: false, hover: false, keyboard: false, selectable: true },
  });
  for (const one of holder.querySelectorAll("[tabindex]")) one.setAttribute("tabindex", "-1");
  network.on("beforeDrawing", drawLines);
  // Where a node reaches to is what the scene says: the library asks this of its own shapes only.
  const nodeAt = ({ x, y }) => {
    const within = (left, top, width, height) => x >= left && x <= left + width && y >= top && y <= top + height;
    const box = state.scene.b.find((one) => within(one[1], one[2], data.width, one[3]));
    const label = state.scene.l.findIndex((one) => within(one[1], one[2], one[3], data.names[one[0]][1].length * LINE));
    const node = box ? "b" + box[0] : "l" + label;
    return state.seen.has(node) ? node : null;
  };
  network.on("click", ({ pointer }) => {
    const node = nodeAt(pointer.canvas);
    network.unselectAll();
    if (!node) return;
    const stop = stops.querySelector(`[data-node="${node}"]`);
    stop.focus({ preventScroll: true });
    stop.click();
  });

  const look = () => {
    const { w, h } = state.scene;
    const wide = holder.clientWidth;
    // In a narrow window the picture is as small as it may be and still be read; "Closer" and dragging do the rest.
    const scale = Math.min(1, Math.max(0.55, wide / (w + 24)));
    holder.style.height = Math.min(h * scale + 24, 720, Math.max(320, innerHeight * 0.8)) + "px";
    network.setSize("100%", "100%");
    network.redraw();
    const room = { wide: wide / scale, high: holder.clientHeight / scale };
    const middle = state.scene.b.find((one) => one[0] === data.centre);
    const x = w + 24 <= room.wide ? w / 2 : middle[1] + data.width / 2;
    const y = h + 24 <= room.high ? h / 2 : middle[2] + middle[3] / 2;
    network.moveTo({ position: { x, y }, scale });
  };

  const put = (boxes, labels) => {
    const nodes = [...boxes.map(boxNode), ...labels.map(([label, number]) => labelNode(label, number))];
    network.setData({ nodes: new vis.DataSet(nodes), edges: new vis.DataSet([]) });
  };

  // Brings a node into view, if it is not.
  const reveal = (node) => {
    const { x, y } = network.getPosition(node);
    const first = network.DOMtoCanvas({ x: 60, y: 20 });
    const last = network.DOMtoCanvas({ x: holder.clientWidth - 60, y: holder.clientHeight - 20 });
    if (x < first.x || x > last.x || y < first.y || y > last.y) network.moveTo({ position: { x, y } });
    network.redraw();
  };
  const zoom = (by) => network.moveTo({ scale: Math.min(3, Math.max(0.05, network.getScale() * by)) });
  return { put, look, reveal, zoom, redraw: () => network.redraw() };
};
