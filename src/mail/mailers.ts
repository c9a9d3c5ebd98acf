/** Which provider connection carries a mail, and what can be said of it without connecting. */

/** Addresses under `simulator.test` (RFC 2606: never in the public DNS) are answered by a built-in provider. */
export const connectionFor = (address: string): string =>
  address.endsWith('@simulator.test') ? 'simulator' : 'deployment'

/** Whether the provider itself drops a repeat with the same delivery id. SMTP has no such key. */
export const repeatsAreHarmless = (connection: string): boolean => connection === 'simulator'
