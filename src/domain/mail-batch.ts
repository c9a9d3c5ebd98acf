/** Divides mails between calls of a provider that takes several in one. */

/** Most bytes of the mails in one call. Postmark takes 50 MB; a Worker has 128 MB, and holds a call as objects, text and bytes. */
export const MAX_BATCH_BYTES = 10_000_000

/** Returns the mails in their order, in batches within both limits; a mail that is larger alone is a batch of its own. */
export function batchesOf<T>(mails: readonly T[], maxMails: number, bytesOf: (mail: T) => number): T[][] {
  const batches: T[][] = []
  let bytes = 0
  for (const mail of mails) {
    const last = batches.at(-1)
    if (!last || last.length >= maxMails || bytes + bytesOf(mail) > MAX_BATCH_BYTES) {
      batches.push([mail])
      bytes = bytesOf(mail)
    } else {
      last.push(mail)
      bytes += bytesOf(mail)
    }
  }
  return batches
}
