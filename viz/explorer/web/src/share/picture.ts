/** Pictures as files: what stands on the page as SVG, with its looks written into it, and PNG made from that. */

const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "paint-order", "stroke-linejoin"];
const SPACE = "http://www.w3.org/2000/svg";

/** The drawing as a file of its own: looks as attributes, a title, a background and a line that says where it is from. */
export function svgFile(drawing: SVGSVGElement, title: string, credit: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const [from, to] = [[...drawing.querySelectorAll("*")], [...copy.querySelectorAll("*")]];
  from.forEach((element, number) => {
    const own = to[number];
    if (!own) return;
    const looks = getComputedStyle(element);
    for (const look of LOOKS) {
      const value = looks.getPropertyValue(look);
      if (value && value !== "none" && value !== "normal") own.setAttribute(look, value);
      else if (look === "fill" && value === "none") own.setAttribute(look, "none");
    }
    for (const name of ["class", "href", "role", "tabindex", "data-id", "style"]) own.removeAttribute(name);
  });
  const box = drawing.viewBox.baseVal;
  const [width, height] = [box.width || drawing.clientWidth, box.height || drawing.clientHeight];
  const foot = 26;
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  copy.setAttribute("xmlns", SPACE);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height + 2 * foot));
  copy.setAttribute("viewBox", `0 ${-foot} ${width} ${height + 2 * foot}`);
  copy.setAttribute("font-family", "Arial, Helvetica, sans-serif");
  const root = getComputedStyle(document.documentElement);
  const make = (name: string, attributes: Record<string, string | number>, words = "") => {
    const element = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.textContent = words;
    return element;
  };
  const ink = root.getPropertyValue("--ink").trim() || "#000";
  const paper = root.getPropertyValue("--paper").trim() || "#fff";
  copy.prepend(
    make("title", {}, title),
    make("rect", { x: 0, y: -foot, width, height: height + 2 * foot, fill: paper }),
    make("text", { x: 8, y: -8, "font-size": 14, "font-weight": 700, fill: ink }, title),
  );
  copy.append(make("text", { x: 8, y: height + foot - 8, "font-size": 11, fill: ink }, credit));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}`;
}

/** A PNG twice as sharp as the screen, of an SVG that stands alone. */
export async function pngOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml;charset=utf-8" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    const sharp = Math.min(2, 8000 / Math.max(image.naturalWidth, image.naturalHeight, 1));
    canvas.width = Math.round(image.naturalWidth * sharp);
    canvas.height = Math.round(image.naturalHeight * sharp);
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("This browser draws no pictures.");
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise<Blob | null>((give) => canvas.toBlob(give, "image/png"));
    if (!made) throw new Error("This browser could not make the picture.");
    return made;
  } finally {
    URL.revokeObjectURL(address);
  }
}
