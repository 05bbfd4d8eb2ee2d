(() => {
  "use strict";
  // Without this script every link still leads to its row in the tables; with it the row opens beside the picture.
  const dialog = document.getElementById("details");
  if (!dialog || !dialog.showModal) return;
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

  const open = (target, from) => {
    told.replaceChildren();
    if (target.tagName === "TBODY") tellGroup(target);
    else if (target.tagName === "LI") tellItem(target);
    else tellRow(target);
    if (!dialog.open) {
      opener = from;
      dialog.showModal();
    }
    dialog.scrollTop = 0;
    heading.focus();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    const known = target && (target.tagName === "TBODY" || target.tagName === "TR" || target.matches(".compact li"));
    if (!known) return;
    event.preventDefault();
    open(target, link);
  });
  dialog.addEventListener("close", () => {
    if (opener) opener.focus();
    opener = null;
  });
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
})();
