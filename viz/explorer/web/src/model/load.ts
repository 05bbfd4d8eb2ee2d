import type { Model, Read } from "./index";

/** Reads the main part and gives the model. */
export async function load(read: Read): Promise<Model> {
  await read("main");
  throw new Error("The model is not written yet.");
}
