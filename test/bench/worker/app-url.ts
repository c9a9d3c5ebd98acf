/** Address of the bench's Worker. Requests don't reach the network, so it needs no DNS entry. */
export const APP_URL = 'https://bench.example'
