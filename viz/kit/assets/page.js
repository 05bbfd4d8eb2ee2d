(() => {
  "use strict";
  // Without this script every link still leads to its row in the tables; with it the row opens beside the picture.
  const dialog = document.getElementById("details");
  if (!dialog || !dialog.show) return;
  const figure = document.querySelector("figure");
  const heading = dialog.querySelector("h2");
  const told = dialog.querySelector(".told");
  let opener = null;

  const add = (parent, name, text) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    parent.append(made);
    return made;
  };

  const copy = (from, to) => {
    for (const node of from.childNodes) {
      const made = node.cloneNode(true);
      if (made.querySelectorAll) made.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
      if (made.removeAttribute) made.removeAttribute("id");
      to.append(made);
    }
  };

  const sources = (cell, to) => {
    const list = add(to, "ul");
    cell.querySelectorAll("a").forEach((link) => {
      const item = add(list, "li");
      const source = document.getElementById(link.getAttribute("href").slice(1));
      if (source) copy(source, item);
      if (link.title) add(item, "span", " (" + link.title + ")");
    });
  };

  const tellRow = (row) => {
    const name = row.cells[0].querySelector("a, b") || row.cells[0];
    const heads = row.closest("table").tHead.rows[0].cells;
    heading.textContent = name.textContent;
    const list = add(told, "dl");
    [...row.cells].forEach((cell, index) => {
      const from = index === 0 ? cell.querySelector("small") : cell;
      if (!from || !from.textContent.trim()) return;
      add(list, "dt", index === 0 ? "What it is" : heads[index].textContent);
      const dd = add(list, "dd");
      const cites = cell.classList.contains("refs") || (heads[index] && heads[index].textContent === "Sources");
      if (cites) sources(cell, dd);
      else copy(from, dd);
    });
  };

  const tellGroup = (group) => {
    heading.textContent = group.querySelector(".group").textContent;
    const list = add(told, "ul");
    for (const row of group.rows) {
      const link = row.querySelector("th a");
      if (link) add(list, "li").append(link.cloneNode(true));
      row.querySelectorAll("details, .said").forEach((one) => told.append(one.cloneNode(true)));
    }
  };

  const tellItem = (item) => {
    heading.textContent = (item.parentNode.dataset.of || "") + item.textContent.split(" ")[0];
    copy(item, add(told, "p"));
    const below = item.closest("details");
    if (below) copy(below.querySelector("p"), add(told, "p"));
  };

  // Beside the picture, not over it: nothing that was pressed goes out of sight, and the page stays in reach.
  const show = (from) => {
    if (!dialog.open) {
      opener = from;
      dialog.show();
      if (scroll) fit();
    }
    dialog.scrollTop = 0;
    heading.focus({ preventScroll: true });
    const wide = matchMedia("(min-width:1000px)").matches;
    if (from && figure.contains(from)) from.scrollIntoView({ block: wide ? "nearest" : "start", inline: "nearest" });
  };

  const open = (target, from) => {
    told.replaceChildren();
    if (target.tagName === "TBODY") tellGroup(target);
    else if (target.tagName === "LI") tellItem(target);
    else tellRow(target);
    show(from);
  };

  // What a link in a table leads to is in view there already: it goes the ordinary way.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (!link || !(figure.contains(link) || dialog.contains(link))) return;
    const target = document.getElementById(link.getAttribute("href").slice(1));
    const known = target && (target.tagName === "TBODY" || target.tagName === "TR" || target.matches(".compact li"));
    if (!known) return;
    event.preventDefault();
    open(target, link);
  });
  dialog.addEventListener("close", () => {
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  });
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dialog.open && !document.querySelector("dialog:modal")) dialog.close();
  });
  window.besidePicture = { dialog, heading, told, show };

  // A picture that is wider than its place: scrolled with letters in full size, or seen whole. Beside details it is
  // seen whole, unless the reader chose the letters.
  const scroll = document.querySelector(".scroll");
  const sizes = add(document.createElement("div"), "div");
  sizes.className = "sizes screen";
  let chosen = "";
  const fit = () => {
    const drawn = scroll.querySelector(":scope > svg:not(.network)");
    const beside = dialog.open && matchMedia("(min-width:1000px)").matches;
    scroll.classList.toggle("whole", false);
    const wide = drawn && scroll.scrollWidth > scroll.clientWidth + 1;
    const whole = Boolean(wide) && (chosen ? chosen === "whole" : beside);
    scroll.classList.toggle("whole", whole);
    sizes.hidden = !wide;
    [...sizes.children].forEach((one, number) => one.setAttribute("aria-pressed", String(whole === (number === 1))));
  };
  [["Letters in full size", "full"], ["The whole picture", "whole"]].forEach(([words, size]) => {
    const button = add(sizes, "button", words);
    button.type = "button";
    button.addEventListener("click", () => {
      chosen = size;
      fit();
    });
  });
  if (scroll) {
    scroll.before(sizes);
    fit();
    addEventListener("resize", fit);
    dialog.addEventListener("close", fit);
  }

  // Resting on a line lights it and its ends; resting on a body lights its lines and whoever is at their other ends.
  const svg = document.querySelector("svg.picture, svg.flow");
  if (!svg) return;
  const ends = (line) => (line.dataset.from + " " + line.dataset.to).split(" ");
  const lines = [...svg.querySelectorAll("[data-from]")];
  const boxes = new Map([...svg.querySelectorAll("[data-box]")].map((box) => [box.dataset.box, box]));
  for (const line of lines) {
    // A thin line is hard to hit: a wide unseen one lies over it.
    for (const way of line.querySelectorAll(".way")) {
      const hit = way.cloneNode();
      hit.setAttribute("class", "hit");
      hit.removeAttribute("marker-end");
      hit.removeAttribute("stroke-dasharray");
      line.append(hit);
    }
  }
  const light = (event) => {
    const at = event && event.target.closest && event.target.closest("[data-from], [data-box]");
    svg.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
    svg.classList.toggle("lit-some", Boolean(at && svg.contains(at)));
    if (!at || !svg.contains(at)) return;
    const lit = at.dataset.from === undefined ? lines.filter((line) => ends(line).includes(at.dataset.box)) : [at];
    at.classList.add("lit");
    if (!lit.length) svg.classList.remove("lit-some");
    for (const line of lit) {
      line.classList.add("lit");
      ends(line).forEach((key) => boxes.get(key) && boxes.get(key).classList.add("lit"));
    }
  };
  svg.addEventListener("mouseover", light);
  svg.addEventListener("mouseleave", () => light(null));
  svg.addEventListener("focusin", light);
  svg.addEventListener("focusout", () => light(null));
})();
