(() => {
  "use strict";
  // Which rows of the matrix are shown: by words of the service or its commissioners, or only what changed.
  const table = document.querySelector("table.matrix");
  const filter = document.getElementById("matrix-filter");
  if (!table || !filter) return;
  const words = document.getElementById("matrix-words");
  const changed = document.getElementById("matrix-changed");
  const status = document.getElementById("matrix-status");
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.toLowerCase());
  const rows = [...table.tBodies[0].rows].map((row) => ({
    row,
    group: row.cells[0].classList.contains("group"),
    // A row is found by its service, its heading and the columns that it has something in.
    text: [...row.cells].map((cell, number) => (number && cell.textContent ? heads[number] + " " : "") + cell.textContent).join(" ").toLowerCase(),
  }));
  const show = () => {
    const find = words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let heading = null;
    let shown = 0;
    let all = 0;
    for (const one of rows) {
      if (one.group) {
        heading = one;
        one.row.hidden = true;
        continue;
      }
      all += 1;
      const told = heading ? heading.row.textContent : "";
      const text = told.toLowerCase() + " " + one.text;
      const hit = find.every((word) => text.includes(word)) && !(changed && changed.checked && told.startsWith("Unchanged"));
      one.row.hidden = !hit;
      if (!hit) continue;
      shown += 1;
      if (heading) heading.row.hidden = false;
    }
    status.textContent = shown + " of " + all + " services";
  };
  filter.hidden = false;
  words.addEventListener("input", show);
  if (changed) changed.addEventListener("change", show);
  show();
})();
