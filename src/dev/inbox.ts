/**
 * Runs MailDev in this process: accepts every mail over SMTP and shows it on a web page. No mail leaves this
 * machine.
 */
import { join } from 'node:path'
import { MailDev } from 'maildev'
import { reportBounce, type TakenMail } from './bounces.ts'
import type { LocalConfig } from './local-config.ts'

const MAX_MAILS = 1000

/** @param doorUrl the address that takes reports about mails to `…@bounces.test` */
export async function startInbox(config: LocalConfig, doorUrl: string): Promise<void> {
  const inbox = new MailDev({
    smtp: config.smtpPort,
    web: config.inboxPort,
    ip: '127.0.0.1',
    webIp: '127.0.0.1',
    mailDirectory: join(config.stateDir, 'inbox'),
    maxEmails: MAX_MAILS,
    silent: true,
    verbose: false,
  })
  const { smtp } = await inbox.start()
  smtp.on('new', (mail: TakenMail) => void reportBounce(doorUrl, mail))
}
