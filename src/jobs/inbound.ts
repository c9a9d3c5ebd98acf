/** Receives mails to the bounce address through Email Routing. */
import { MailReader } from '../commands/sends/mail-reader'
import { passOnReply } from '../commands/sends/pass-on-reply'
import { receiveBounce } from '../commands/sends/receive-bounce'
import type { Env } from '../env'
import { wire } from '../wire'

const MAX_REPORT_BYTES = 256 * 1024

/** Handles one mail. Throws if it could not be recorded, so that the sender's server tries again. Refuses a mail without a known owner, never drops it. */
export async function handleMail(message: ForwardableEmailMessage, env: Env): Promise<void> {
  const wired = wire(env)
  if ('wrong' in wired) throw new Error('not configured')
  const { deps } = wired
  const mail = new MailReader(message.raw)
  const raw = await mail.upTo(MAX_REPORT_BYTES)
  const received = await receiveBounce(deps, { raw, recipients: message.to })
  switch (received.type) {
    case 'done':
      return
    case 'later':
      throw new Error('events not queued')
    case 'ownerless':
      return message.setReject(
        'This address takes reports about mails only. Please write to the sender named in From or Reply-To.',
      )
    case 'reply': {
      const { delivery } = received
      const forward = (to: string, headers: Headers) => message.forward(to, headers)
      const passed = await passOnReply(deps, { delivery, mail, forward })
      if ('writeTo' in passed)
        message.setReject(`Please write to ${passed.writeTo || 'the sender of the document'} instead.`)
    }
  }
}
