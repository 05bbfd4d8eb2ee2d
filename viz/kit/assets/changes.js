(() => {
  "use strict";
  // A band or a mark stands for one change or several: their rows open together. Names only ever become text, never markup.
  if (!window.besidePicture) return;
  const { dialog, heading, told, show } = window.besidePicture;

  const add = (parent, name, text) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    parent.append(made);
    return made;
  };

  const tell = (row) => {
    const list = add(told, "dl");
    const heads = row.closest("table").tHead.rows[0].cells;
    [...row.cells].forEach((cell, index) => {
      add(list, "dt", heads[index].textContent);
      const said = add(list, "dd");
      for (const node of cell.childNodes) said.append(node.cloneNode(true));
    });
    const shared = row.parentElement.rows[0].cells[0];
    add(list, "dt", "Date");
    add(list, "dd", shared.querySelector("span").textContent);
    add(list, "dt", "Sources");
    const sources = add(add(list, "dd"), "ul");
    shared.querySelectorAll("a").forEach((link) => {
      const source = document.getElementById(link.getAttribute("href").slice(1));
      add(sources, "li", (source ? source.textContent : "") + (link.title ? " (" + link.title + ")" : ""));
    });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#e']");
    const first = link && link.getAttribute("href").slice(1);
    if (!link || !/^e[0-9]+$/.test(first)) return;
    if (!link.closest("figure") && !dialog.contains(link)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    heading.textContent = link.querySelector("title").textContent;
    told.replaceChildren();
    (link.dataset.changes || first).split(" ").forEach((id) => tell(document.getElementById(id)));
    show(link);
  }, true);
})();
