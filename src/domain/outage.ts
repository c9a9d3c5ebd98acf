/** Defines when members are notified that mails wait for their provider. */

/** Shortest outage that is notified: a shorter one ends before a member could act. */
export const OUTAGE_MS = 15 * 60_000
