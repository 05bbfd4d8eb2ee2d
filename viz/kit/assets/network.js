(async () => {
  "use strict";
  // Without this script the page shows the first view as SVG, and all tables. Names only ever become text, never markup.
  const controls = document.querySelector(".controls");
  const stage = document.querySelector(".stage");
  const byId = (id) => document.getElementById(id);
  if (!stage || !window.DecompressionStream) return;
  const unpack = (id) => {
    const bytes = Uint8Array.from(atob(byId(id).textContent), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  };
  // The page's policy lets exactly this library run, by its hash, and nothing else.
  const library = document.createElement("script");
  library.textContent = await unpack("network-library");
  document.head.append(library);
  if (!window.vis) return;
  const data = JSON.parse(await unpack("network-data"));

  // What the page's own script and style look for in the tables; left out of the page because it is long.
  for (const table of document.querySelectorAll("table.told")) {
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    for (const row of table.tBodies[0].rows) {
      for (const cell of row.cells) if (cell.tagName === "TD") cell.dataset.label = heads[cell.cellIndex];
      row.lastElementChild.className = "refs";
      for (const link of row.querySelectorAll("th a, td:not(.refs) a")) link.className = "body";
    }
  }
  for (const body of data.bodies) body[2] ||= [byId(body[0]).querySelector("a").textContent];
  const holder = byId("network-canvas");
  const stops = byId("network-stops");
  const { dialog, heading, told: panel, show: beside } = window.besidePicture;
  const state = { day: data.at, all: data.all, kinds: new Set(), names: new Set(), focus: null, scene: null, time: 0 };

  const make = (name, attributes, text) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  };
  const title = (body) => data.bodies[body][2].join(" ");
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const inWords = (day) => Number(day.slice(8)) + " " + MONTHS[Number(day.slice(5, 7)) - 1] + " " + day.slice(0, 4);
  const holds = (fact) => {
    const [from, until] = data.rows[fact[3] - 1];
    return (!from || from <= state.day) && (!until || state.day < until);
  };

  // How far each body is from the one in the middle on the day.
  const reach = () => {
    const near = new Map();
    const add = (a, b) => near.has(a) ? near.get(a).push(b) : near.set(a, [b]);
    for (const fact of data.facts) {
      if (holds(fact)) {
        add(fact[0], fact[2]);
        add(fact[2], fact[0]);
      }
    }
    const far = new Map([[data.centre, 0]]);
    for (const [body, step] of far) {
      if (step < data.hops) for (const other of near.get(body) || []) if (!far.has(other)) far.set(other, step + 1);
    }
    return far;
  };

  const canvas = networkCanvas(data, holder, stops, state);

  const sentence = (label) => {
    const facts = label.slice(4).map((one) => data.facts[one]);
    const ends = (side) => {
      const ids = [...new Set(facts.map((fact) => fact[side]))];
      return ids.length <= 2 ? ids.map(title).join(" and ") : ids.length + " bodies";
    };
    return ends(0) + ": " + data.names[label[0]][0] + " " + ends(2);
  };

  const show = (move) => {
    const scene = state.scene;
    const open = (body) => body === data.centre || !state.kinds.has(data.bodies[body][1]);
    const boxes = scene.b.filter((one) => open(one[0]));
    state.hidden = scene.b.filter((one) => !open(one[0]));
    const there = new Set(boxes.map((one) => one[0]));
    const labels = scene.l.map((label, number) => [label, number]).filter(([label]) =>
      !state.names.has(label[0]) && label.slice(4).some((one) => there.has(data.facts[one][0]) && there.has(data.facts[one][2])));
    state.seen = new Set([...boxes.map((one) => "b" + one[0]), ...labels.map(([, number]) => "l" + number)]);
    canvas.put(boxes, labels);
    stops.replaceChildren();
    const stop = (node, href, text, mark) => {
      const item = make("li", {});
      item.append(make("a", { href, "data-node": node, ...mark }, text));
      stops.append(item);
    };
    boxes.sort((a, b) => (b[0] === data.centre) - (a[0] === data.centre));
    for (const [body] of boxes) {
      stop("b" + body, "#" + data.bodies[body][0], title(body) + ", " + data.kinds[data.bodies[body][1]][0], { "data-id": data.bodies[body][0] });
    }
    for (const [label, number] of labels) {
      stop("l" + number, "#r" + data.facts[label[4]][3], sentence(label), { "data-label": number });
    }
    if (move) canvas.look();
  };

  // The tables follow the day and the search.
  const list = () => {
    const far = reach();
    const here = new Set([...far.keys()].map((body) => data.bodies[body][0]));
    const shown = new Set();
    for (const fact of data.facts) if (holds(fact) && far.has(fact[0]) && far.has(fact[2])) shown.add("r" + fact[3]);
    const find = byId("network-search").value.trim().toLowerCase();
    let found = 0;
    let named = 0;
    for (const [key, inside] of [["bodies", (row) => here.has(row.id)], ["relations", (row) => shown.has(row.id)]]) {
      const now = byId(key + "-now");
      const other = byId(key + "-other");
      // Bodies whose own name holds the words come before those that only have to do with such a body.
      const own = (row) => row.cells[0].textContent.toLowerCase().includes(find);
      const rows = find ? [...state.rows[key].filter(own), ...state.rows[key].filter((row) => !own(row))] : state.rows[key];
      for (const row of rows) {
        const hit = !find || row.textContent.toLowerCase().includes(find);
        row.hidden = !hit;
        if (hit && find && key === "bodies") {
          found += 1;
          if (own(row)) named += 1;
        }
        const home = inside(row) || !other ? now : other;
        home.append(row);
      }
    }
    return { near: far.size, found, named, find };
  };

  const update = (move = true) => {
    const dead = state.day < data.times[0][0] || (data.until && state.day >= data.until);
    state.time = Math.max(0, data.times.findLastIndex((time) => time[0] <= state.day));
    const [, first, all, near] = data.times[state.time];
    const number = state.all && all !== null ? all : first;
    state.scene = data.scenes[number];
    if (dead) state.scene = { ...data.scenes[first], b: data.scenes[first].b.filter((one) => one[0] === data.centre), l: [], p: [], g: [] };
    show(move);
    const { found, named, find } = list();
    const shown = state.scene.b.length;
    const button = byId("network-all");
    button.textContent = state.all && shown === near ? "Show fewer" : "Show all " + near;
    button.setAttribute("aria-pressed", String(state.all && first !== all));
    button.disabled = first === all || all === null;
    const said = dead
      ? title(data.centre) + " was not in force on " + inWords(state.day) +
        (data.until && state.day >= data.until && data.onward ? "; followed by " + data.onward + ": orgmap draw network draws each." : ".")
      : "On " + inWords(state.day) + ": " + (holder.offsetParent ? shown + " of " + near + " bodies in the picture" : near + " bodies") +
        (all === null ? " (for all of this day, draw the page with --at " + state.day + ")" : "") + ".";
    const hits = find ? " Found in the tables: " + found + (found === 1 ? " body" : " bodies") +
      (found ? ", " + named + " by name; Enter opens the first." : ".") : "";
    byId("network-status").textContent = said + hits;
    holder.setAttribute("aria-label", said + " The list behind the picture and the tables below tell the same.");
    const before = byId("network-before");
    if (before) {
      before.disabled = state.time === 0;
      byId("network-after").disabled = state.time === data.times.length - 1;
    }
  };

  // Details: a body's row opens through the page's own script; here its relations of the day are added, and lines told.
  const days = (fact) => {
    const cells = [...byId("r" + fact[3]).cells].map((cell) => cell.textContent);
    return " (" + cells[3] + " to " + cells[4] + ") ";
  };
  const tell = (rows, to) => {
    for (const id of rows) {
      const row = byId(id);
      const list = make("dl", {});
      for (const cell of row.cells) {
        const label = cell.dataset.label || (cell.tagName === "TH" ? "Who" : "");
        if (!label || !cell.textContent.trim()) continue;
        list.append(make("dt", {}, label));
        const told = make("dd", {});
        if (cell.classList.contains("refs")) {
          for (const link of cell.querySelectorAll("a")) {
            const cited = byId(link.getAttribute("href").slice(1));
            told.append(make("p", {}, cited.textContent + (link.title ? " (" + link.title + ")" : "")));
          }
        } else for (const node of cell.childNodes) told.append(node.cloneNode(true));
        list.append(told);
      }
      to.append(list);
    }
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a");
    if (!link) return;
    const told = panel;
    if (link.dataset.label !== undefined) {
      event.preventDefault();
      const label = state.scene.l[Number(link.dataset.label)];
      heading.textContent = sentence(label);
      told.replaceChildren();
      tell(new Set(label.slice(4).map((one) => "r" + data.facts[one][3])), told);
      beside(link);
    } else if (link.matches("a[data-id], a.body") && dialog.open) {
      const id = link.getAttribute("href").slice(1);
      const body = data.bodies.findIndex((one) => one[0] === id);
      const list = make("ul", {});
      for (const fact of data.facts) {
        if (!holds(fact) || (fact[0] !== body && fact[2] !== body)) continue;
        const item = make("li", {}, title(fact[0]) + ": " + data.names[fact[1]][0] + " " + title(fact[2]) + days(fact));
        const cell = byId("r" + fact[3]).querySelector(".refs");
        if (cell) for (const ref of cell.querySelectorAll("a")) item.append(ref.cloneNode(true));
        list.append(item);
        if (list.childElementCount >= 100) break;
      }
      if (list.childElementCount) told.append(make("h3", {}, "Relations on " + inWords(state.day)), list);
    }
  });
  stops.addEventListener("focusin", (event) => {
    state.focus = event.target.dataset.node;
    canvas.reveal(state.focus);
  });
  stops.addEventListener("focusout", () => {
    state.focus = null;
    canvas.redraw();
  });
  const jump = (step) => {
    state.day = data.times[state.time + step][0];
    byId("network-day").value = state.day;
    update();
  };
  if (byId("network-day")) {
    byId("network-day").addEventListener("change", (event) => {
      if (!event.target.value) return;
      state.day = event.target.value;
      update();
    });
    byId("network-before").addEventListener("click", () => jump(state.day > data.times[state.time][0] ? 0 : -1));
    byId("network-after").addEventListener("click", () => jump(1));
  }
  const ask = byId("network-ask");
  const showAll = () => {
    state.all = !state.all;
    update();
  };
  byId("network-all").addEventListener("click", () => {
    const near = data.times[state.time][3];
    if (state.all || near <= data.most) return showAll();
    byId("network-ask-words").textContent = "Show all " + near + " bodies? The picture shows " + state.scene.b.length +
      " now; with all of them it is larger than the window. The tables below list them all in any case.";
    ask.showModal();
  });
  byId("network-yes").addEventListener("click", () => {
    ask.close();
    showAll();
  });
  byId("network-no").addEventListener("click", () => ask.close());
  byId("network-closer").addEventListener("click", () => canvas.zoom(1.25));
  byId("network-farther").addEventListener("click", () => canvas.zoom(0.8));
  byId("network-search").addEventListener("input", () => update(false));
  const byName = (row) => Number(row.cells[0].textContent.toLowerCase().includes(byId("network-search").value.trim().toLowerCase()));
  byId("network-search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const row = [...byId("bodies").querySelectorAll("tbody tr")].filter((one) => !one.hidden)
      .sort((a, b) => byName(b) - byName(a) || (b.parentElement.id === "bodies-now") - (a.parentElement.id === "bodies-now"))[0];
    const link = row && (stops.querySelector(`[data-id="${CSS.escape(row.id)}"]`) || row.querySelector("a.body"));
    if (!link) return;
    event.preventDefault();
    link.focus();
    link.click();
  });
  byId("network-filters").addEventListener("change", ({ target }) => {
    for (const [key, off] of [["kind", state.kinds], ["name", state.names]]) {
      if (target.dataset[key] === undefined) continue;
      if (target.checked) off.delete(Number(target.dataset[key]));
      else off.add(Number(target.dataset[key]));
    }
    update(false);
  });

  state.rows = {};
  for (const key of ["bodies", "relations"]) {
    const other = byId(key + "-other");
    state.rows[key] = [...byId(key + "-now").rows, ...(other ? other.rows : [])];
  }
  controls.hidden = false;
  stage.hidden = false;
  stage.parentElement.classList.add("drawn");
  update();
  window.addEventListener("resize", canvas.look);
})();
