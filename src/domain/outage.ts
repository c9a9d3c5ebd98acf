/** When members are notified that mails wait for their provider. */

/** A shorter outage is over before a member could do something about it. */
export const OUTAGE_MS = 15 * 60_000
