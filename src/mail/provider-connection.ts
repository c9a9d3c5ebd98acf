/**
 * Returns the provider connection for an address: the simulator for `simulator.test` (RFC 2606: never in the public
 * DNS).
 */
export const connectionFor = (address: string): string =>
  address.endsWith('@simulator.test') ? 'simulator' : 'deployment'
