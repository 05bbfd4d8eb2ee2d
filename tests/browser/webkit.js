// Finds what has a role and a name, for browsers whose driver cannot ask by them. What it finds the driver then asks
// for its computed role and label, so that the engine's own accessibility has the last word.
const [role, name, begins] = arguments;
const WHERE = {
  button: "button, [role=button], summary, input[type=button], input[type=submit]",
  link: "a[href], [role=link]",
  tab: "[role=tab]",
  tabpanel: "[role=tabpanel]",
  combobox: "[role=combobox], select",
  listbox: "[role=listbox]",
  option: "[role=option]",
  textbox: "input:not([type]), input[type=text], input[type=url], textarea, [role=textbox]",
  searchbox: "input[type=search]:not([role]), [role=searchbox]",
  slider: "input[type=range], [role=slider]",
  checkbox: "input[type=checkbox], [role=checkbox]",
  radio: "input[type=radio], [role=radio]",
  complementary: "aside, [role=complementary]",
  region: "section, [role=region]",
  main: "main, [role=main]",
  dialog: "dialog[open], [role=dialog]",
  table: "table, [role=table]",
  heading: "h1, h2, h3, h4, [role=heading]",
  alert: "[role=alert]",
  status: "[role=status], output",
};
const flat = (text) => (text || "").replace(/\s+/g, " ").trim();
const words = (label) => {
  const copy = label.cloneNode(true);
  copy.querySelectorAll("select, input, textarea").forEach((field) => field.remove());
  return copy.textContent;
};
const nameOf = (one) => {
  const by = one.getAttribute("aria-labelledby");
  if (by) return flat(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" "));
  const own = one.getAttribute("aria-label");
  if (own) return flat(own);
  if (one.labels?.length) return flat([...one.labels].map(words).join(" "));
  if (one.caption) return flat(one.caption.textContent);
  if (/^(button|link|tab|option|heading)$/.test(role)) return flat(one.innerText || one.textContent);
  return flat(one.title || one.placeholder);
};
const seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden";
const right = (one) => !name || (begins ? nameOf(one).startsWith(name) : nameOf(one) === name);
const found = [...document.querySelectorAll(WHERE[role])].filter((one) => seen(one) && right(one));
return found.sort((a, b) => (nameOf(b) === name) - (nameOf(a) === name));
