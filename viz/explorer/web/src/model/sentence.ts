/** The words of which a question is made beside the names in it. */
import { normalise } from "./text";

/** Words that ask and join: no name begins or ends with one, though some are villages' names too. */
export const JOINING = new Set(
  "a about after am an and any are as at be became become been before by can come decide decides did do does end ended find for from gone got had held happen happened happens has have he her here his how i in into is it its me merge merged my next of on or our over paid pay pays please replaced run runs say says see she show since takes talk tell that the their them then there these they this those to took until up versus vs was we were what when where which who whom whose why will with would you your".split(" "),
);
/** Words that stand in many names and alone name nothing. */
export const COMMON = new Set(
  "accountable answer answerable answered answers area board boards bodies body care change changed changes changing commission commissioned commissioner commissioners commissions council councils day concern concerns cover covered covers funds group groups health local many nhs now people place plan planned plans practice practices provide provided provides responsible scrutinise scrutinises service services today trust trusts year".split(" "),
);
/** Between this and the next word no name goes on. */
export const BREAK = "|";

/** Words without those at their ends that only ask or join, or stand in many names. */
export function trimmed(run: string[]): string[] {
  const empty = (word: string) => JOINING.has(normalise(word)) || COMMON.has(normalise(word)) || !normalise(word);
  const first = run.findIndex((word) => !empty(word));
  return first < 0 ? [] : run.slice(first, run.findLastIndex((word) => !empty(word)) + 1);
}
