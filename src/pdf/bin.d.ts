/** Files that the bundler includes as bytes. */
declare module '*.bin' {
  const bytes: ArrayBuffer
  export default bytes
}
