/** Tells errors that would repeat from those of a moment. */

/** Returns true for an error in our code, or in a statement that the database could not execute. D1, R2 and the network throw neither. */
export const isLasting = (error: unknown): boolean =>
  error instanceof TypeError ||
  error instanceof SyntaxError ||
  error instanceof RangeError ||
  /SQLITE_(ERROR|MISMATCH|TOOBIG|CONSTRAINT)/.test(messagesOf(error))

const messagesOf = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${error.cause === undefined ? '' : messagesOf(error.cause)}`
    : String(error)
