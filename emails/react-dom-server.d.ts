/** The one function we use; react-dom ships no types. */
declare module 'react-dom/server' {
  export function renderToStaticMarkup(node: import('react').ReactNode): string
}
