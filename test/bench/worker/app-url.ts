/** The address the bench's Worker is asked at; no name look-up is made of it. */
export const APP_URL = 'https://bench.example'
