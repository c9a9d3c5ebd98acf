/** Types of the only function that is used; react-dom ships none. */
declare module 'react-dom/server' {
  export function renderToStaticMarkup(node: import('react').ReactNode): string
}
