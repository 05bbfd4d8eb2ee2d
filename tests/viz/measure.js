// What a person could find wrong with a picture, measured in the page itself. Returns lists of faults.
() => {
  const svg = document.querySelector("svg.picture");
  const frame = svg.getBoundingClientRect();
  const scale = svg.getScreenCTM().a;
  const slack = 0.6;
  const box = (one) => {
    const r = one.getBoundingClientRect();
    return { left: r.left, right: r.right, top: r.top, bottom: r.bottom };
  };
  const meet = (a, b, by = slack) =>
    a.left + by < b.right && b.left + by < a.right && a.top + by < b.bottom && b.top + by < a.bottom;
  const within = (a, b) =>
    a.left >= b.left - slack && a.right <= b.right + slack && a.top >= b.top - slack && a.bottom <= b.bottom + slack;

  const texts = [...svg.querySelectorAll("text")].map((one) => ({
    words: one.textContent,
    size: parseFloat(getComputedStyle(one).fontSize) * scale,
    owner: one.closest(".box"),
    line: one.closest(".line"),
    ...box(one),
  }));
  const boxes = [...svg.querySelectorAll(".box")].map((one) => ({ key: one.dataset.box, one, ...box(one.querySelector("rect")) }));
  const segments = [];
  for (const line of svg.querySelectorAll(".line")) {
    for (const way of line.querySelectorAll("path.way")) {
      const matrix = way.getScreenCTM();
      let last = null;
      for (const [, letter, rest] of way.getAttribute("d").matchAll(/([MLHV])([^MLHV]*)/g)) {
        const numbers = rest.trim().split(/[ ,]+/).map(Number);
        const next = letter === "H" ? [numbers[0], last[1]] : letter === "V" ? [last[0], numbers[0]] : numbers;
        if (last && letter !== "M") {
          const [a, b] = [last, next].map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
          segments.push({
            line,
            left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y),
          });
        }
        last = next;
      }
    }
  }
  // A segment has no area: it meets a rectangle if it passes through the rectangle's inside.
  const cross = (s, b, by) =>
    s.left < b.right - by && s.right > b.left + by && s.top < b.bottom - by && s.bottom > b.top + by;

  const faults = [];
  const say = (what, ...which) => faults.push(`${what}: ${which.join(" | ")}`);
  texts.forEach((text, index) => {
    if (text.size < 13.99) say("small", text.words, text.size);
    if (!within(text, frame)) say("text outside the picture", text.words);
    if (text.owner && !within(text, box(text.owner.querySelector("rect")))) say("text outside its box", text.words);
    for (const other of texts.slice(index + 1)) if (meet(text, other)) say("texts overlap", text.words, other.words);
    for (const one of boxes) if (one.one !== text.owner && meet(text, one)) say("text and foreign box", text.words, one.key);
    for (const s of segments) if (cross(s, text, 1)) say("line through text", text.words, s.line.dataset.name, s.line.dataset.to);
  });
  const bands = [...svg.querySelectorAll(".band")].map(box);
  for (const one of svg.querySelectorAll(".bands text"))
    if (!bands.some((band) => within(box(one), band))) say("name of a row outside its row", one.textContent);
  boxes.forEach((one, index) => {
    if (!within(one, frame)) say("box outside the picture", one.key);
    for (const other of boxes.slice(index + 1)) if (meet(one, other)) say("boxes overlap", one.key, other.key);
    for (const s of segments) {
      const ends = [...s.line.dataset.from.split(" "), ...s.line.dataset.to.split(" ")];
      if (cross(s, one, 1)) say(ends.includes(one.key) ? "line through its own box" : "line through a box", one.key, s.line.dataset.name);
    }
  });
  for (const s of segments) if (!within(s, frame)) say("line outside the picture", s.line.dataset.name);
  for (const line of svg.querySelectorAll(".line")) {
    const said = [...line.querySelectorAll("text")].map((one) => one.textContent).join(" ");
    if (!said || said !== line.dataset.name) say("line without its name", said, line.dataset.name);
    if (![...line.querySelectorAll("path.way:not(.join)")].every((way) => way.getAttribute("marker-end"))) say("line without a direction", said);
    if (!document.getElementById(line.getAttribute("href").slice(1))) say("line without a row", said);
  }
  for (const link of document.querySelectorAll("a[href^='#']"))
    if (!document.getElementById(link.getAttribute("href").slice(1))) say("leads nowhere", link.getAttribute("href"));
  // Nobody has to scroll: title, lead and the whole picture stand in the window as it opens, unless names stand first or nothing changed.
  const first = document.querySelector(".first, .folded");
  const told = document.querySelector("header").getBoundingClientRect();
  if (scrollY || told.top < 0 || told.bottom > frame.top + slack) say("title not above the picture", told.top, told.bottom);
  if (frame.left < 0 || frame.right > innerWidth || (!first && frame.bottom > innerHeight)) say("outside the window", frame.right, frame.bottom);
  if (document.documentElement.scrollWidth > innerWidth) say("page scrolls sideways", document.documentElement.scrollWidth);
  // What ids of a group share is said once, by the group.
  const full = (group, id) => (group.dataset.of || "") + id;
  const drawn = new Set([...svg.querySelectorAll("[data-id]")].map((one) => one.dataset.id));
  for (const one of svg.querySelectorAll("[data-ids]")) for (const id of one.dataset.ids.split(" ")) drawn.add(full(one, id));
  const listed = new Set([...document.querySelectorAll(".tables [data-id]")].map((one) => one.dataset.id));
  for (const one of document.querySelectorAll(".tables .compact li")) listed.add(full(one.parentNode, one.textContent.split(" ")[0]));
  return { faults, drawn: [...drawn].sort(), listed: [...listed].sort(), texts: texts.length, lines: svg.querySelectorAll(".line").length };
}
