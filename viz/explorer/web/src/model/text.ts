/** Making names comparable, as the command line does. */

const JOINED = /['’‘]/g;
const ACCENTS = /\p{M}/gu;

/** Lower case, no accents, no punctuation, "&" read as "and". */
export function normalise(text: string): string {
  const letters = text.replaceAll("&", " and ").toLowerCase().normalize("NFKD").replace(ACCENTS, "").replace(JOINED, "");
  return (letters.match(/[a-z0-9]+/g) ?? []).join(" ");
}

const WRAPPING = /^[\s.,;:()[\]{}"'“”‘’=]+|[\s.,;:()[\]{}"'“”‘’=]+$/g;

/** The outcode and the rest of a whole postcode, or undefined: "ct9 1aa" is CT9 and 1AA. */
export function postcode(text: string): { outcode: string; label: string } | undefined {
  const clean = text.replace(WRAPPING, "").replace(/[\s\-–]/g, "").toUpperCase();
  const found = /^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})$/.exec(clean);
  return found ? { outcode: found[1]!, label: `${found[1]} ${found[2]}` } : undefined;
}

/** The outcode, if the text has the form of one. */
export function outcode(text: string): string | undefined {
  const clean = text.replace(WRAPPING, "").toUpperCase();
  return /^[A-Z]{1,2}[0-9][A-Z0-9]?$/.test(clean) ? clean : undefined;
}

/** A text as a code may be written: without brackets and dots, or undefined. */
export function code(text: string): string | undefined {
  const clean = text.replace(/^\s*GB-(?:NHS|LAE|GSS|GOR)-/i, "").replace(WRAPPING, "");
  return /^[A-Za-z0-9]{2,9}$/.test(clean) ? clean.toUpperCase() : undefined;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Many of something: "1 trust", "12 trusts". */
export function many(count: number, single: string, plural: string): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? single : plural}`;
}

/** A share to four places, a half to the even digit, as the program rounds. */
export function rounded(share: number): number {
  if (!Number.isInteger(share * 32)) return Number(share.toFixed(4));
  const exact = share * 1e4; // so few shares are just between two: thirty-seconds
  const floor = Math.floor(exact);
  return (exact - floor === 0.5 ? floor + (floor % 2) : Math.round(exact)) / 1e4;
}
