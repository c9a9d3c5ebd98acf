/** When mails that wait for their provider are worth telling their owner. */

/** What lasts shorter is over before anybody could do something about it. */
export const OUTAGE_MS = 15 * 60_000
