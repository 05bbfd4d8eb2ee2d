export { BodyPage } from "./page.tsx";
export { BodyPanel } from "./panel.tsx";
