/** Data modules of the bundler. */
declare module '*.bin' {
  const bytes: ArrayBuffer
  export default bytes
}
