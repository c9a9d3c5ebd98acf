/** Reads what the returned copy says of our mail. */
import { addressesIn } from './addresses'
import type { ReturnedMail } from './bounce-mail'
import type { Message } from './message'

const DELIVERY_ID = /^[ \t>]{0,4}X-Facteur-Delivery:[ \t]{0,4}([\w-]{1,64})[ \t]*$/im
const MESSAGE_ID = /^[ \t>]{0,4}Message-ID:\s{0,4}(<[^<>\s]{1,250}>)/im

/** Returns the ids of our mail, from the copy or from the headers by which some servers refer to it. */
export function returnedMail(message: Message): ReturnedMail {
  const { returned, notice } = message
  return {
    messageId:
      MESSAGE_ID.exec(returned)?.[1] ??
      MESSAGE_ID.exec(notice)?.[1] ??
      /<[^<>\s]{1,250}>/.exec(message.header('in-reply-to') || message.header('references'))?.[0],
    deliveryId: DELIVERY_ID.exec(returned)?.[1],
  }
}

/** Returns the addresses in `To` of the returned copy. */
export const returnedTo = ({ returned }: Message): string[] =>
  addressesIn(/^[ \t>]{0,4}To:((?:.{0,500}(?:\n[ \t])?){1,4})/im.exec(returned)?.[1] ?? '')
