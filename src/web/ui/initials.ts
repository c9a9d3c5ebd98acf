/** Returns the initials of a person or a business, two at most: `CM` for Camille Martin. */
export const initials = (name: string): string =>
  name
    .split(/[\s@.]+/u)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word))
    .slice(0, 2)
    .map((word) => [...word][0])
    .join('')
