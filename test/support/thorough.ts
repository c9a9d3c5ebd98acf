import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** TEST_THOROUGH=1: processes die at every call, and what is random is repeated more often. */
    thorough: boolean
  }
}

export const isThorough = (): boolean => inject('thorough')

/** Returns how often a slow property is tried: `thorough` times in a thorough run, else a fifth of that. */
export const runs = (thorough: number): number => (isThorough() ? thorough : Math.ceil(thorough / 5))
