declare module "bundled-licences" {
  const list: { name: string; version: string; licence: string; text: string }[];
  export default list;
}
declare module "*.css";
