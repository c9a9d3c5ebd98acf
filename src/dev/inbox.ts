/** MailDev inside our own process: takes every mail over SMTP and shows it on a web page. Nothing leaves this machine. */
import { join } from 'node:path'
import { MailDev } from 'maildev'
import type { Place } from './place.ts'

const KEPT_MAILS = 1000

export async function startInbox(place: Place): Promise<void> {
  await new MailDev({
    smtp: place.smtpPort,
    web: place.inboxPort,
    ip: '127.0.0.1',
    webIp: '127.0.0.1',
    mailDirectory: join(place.stateDir, 'inbox'),
    maxEmails: KEPT_MAILS,
    silent: true,
    verbose: false,
  }).start()
}
