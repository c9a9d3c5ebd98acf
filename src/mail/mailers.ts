/** Addresses under `simulator.test` (RFC 2606: never in the public DNS) are answered by a built-in provider. */
export const connectionFor = (address: string): string =>
  address.endsWith('@simulator.test') ? 'simulator' : 'deployment'
