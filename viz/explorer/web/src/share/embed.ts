/** The page within another page: what is asked after `?`, and the text by which others embed it. */

/** Whether the page stands in another and shows the view alone. */
export function embedded(search: string): boolean {
  return new URLSearchParams(search).has("embed");
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The address of the same view without all around it. */
export function embedAddress(href: string): string {
  const address = new URL(href);
  address.searchParams.set("embed", "");
  return address.href.replace("embed=&", "embed&").replace(/embed=(?=#|$)/, "embed");
}

/** The text to put into another page. */
export function embedSnippet(href: string, title: string): string {
  return `<iframe src="${attribute(embedAddress(href))}" title="${attribute(title)}" width="100%" height="640" loading="lazy" referrerpolicy="no-referrer"></iframe>`;
}

/** The address of the whole page, for the line below an embedded view. */
export function wholeAddress(href: string): string {
  const address = new URL(href);
  address.searchParams.delete("embed");
  return address.href;
}
