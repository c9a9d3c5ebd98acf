/** Speaks SMTP (RFC 5321), and fails. */
import { randomUUID } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { customerOf } from './customers.ts'
import type { TakenMail } from './ledger.ts'
import type { Misfortune } from './misfortune.ts'
import { isRefused, isToCustomer, type Surroundings, take } from './provider.ts'
import { SmtpReader } from './smtp-reader.ts'

const NOTHING: Misfortune = { fault: 'none', taken: true, delayMs: 0 }
const GONE = '550 5.1.1 No such user'

export async function startSmtp(around: Surroundings): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    converse(around, socket)
      .catch(() => {})
      .finally(() => socket.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

interface Transaction {
  sender: string
  address: string
  misfortune: Misfortune
}

async function converse(around: Surroundings, socket: Socket): Promise<void> {
  const reader = new SmtpReader(socket)
  const say = (line: string) => reader.say(line)
  let transaction: Transaction = { sender: '', address: '', misfortune: NOTHING }
  say('220 faults.example ESMTP')
  for await (const line of reader.lines()) {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') say('250-faults.example\r\n250-SIZE 20000000\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES')
    else if (verb === 'MAIL') {
      transaction = { sender: addressIn(line), address: '', misfortune: NOTHING }
      say('250 2.1.0 Ok')
    } else if (verb === 'RCPT') {
      const address = addressIn(line)
      const misfortune = isToCustomer(address) ? around.faults.next('smtp', address) : NOTHING
      transaction = { ...transaction, address, misfortune }
      if (misfortune.fault !== 'none') around.ledger.count(`smtp ${misfortune.fault}`)
      if (misfortune.fault === 'cut_early') return
      say(replyToRecipient(transaction))
    } else if (verb === 'DATA') {
      say('354 Go on')
      around.ledger.underWay += 1
      const ends = await receive(around, reader, transaction, await reader.message()).finally(() => {
        around.ledger.underWay -= 1
      })
      if (ends) return
    } else if (verb === 'QUIT') {
      say('221 2.0.0 Bye')
      return
    } else say(['RSET', 'NOOP', 'HELO'].includes(verb) ? '250 2.0.0 Ok' : '502 5.5.1 Unknown')
  }
}

function replyToRecipient({ address, misfortune: { fault } }: Transaction): string {
  if (fault === 'limited') return '451 4.7.1 Too many mails, try again in 30 seconds'
  if (fault === 'limited_without_time') return '450 4.7.1 Too many mails'
  if (fault === 'garbage') return 'ÿÿ<h1>Oops</h1>'
  return isToCustomer(address) && customerOf(address) === 'gone' && isKnownAtOnce(address) ? GONE : '250 2.1.5 Ok'
}

/** The other half of the absent addresses is found out later, and reported by mail. */
const isKnownAtOnce = (address: string): boolean => /[02468]@/.test(address)

/** Handles a message. Returns true if the connection ends. */
async function receive(
  around: Surroundings,
  reader: SmtpReader,
  transaction: Transaction,
  message: string,
): Promise<boolean> {
  const { address, sender, misfortune } = transaction
  const { fault, taken, delayMs } = misfortune
  const say = (line: string) => reader.say(line)
  if (!isToCustomer(address)) {
    say('250 2.0.0 Ok')
    return false
  }
  const mail: TakenMail = {
    provider: 'smtp',
    deliveryId: /^Message-ID:\s*<(dlv_[^@>]+)@/im.exec(message)?.[1] ?? '',
    ...{ address, sender, id: randomUUID(), apiKey: '' },
  }
  if (around.trap.reached('received')) return true
  if (fault === 'error') {
    say('451 4.3.0 Error in processing')
    return false
  }
  if (fault === 'slow') await wait(delayMs)
  if (isRefused(address)) {
    say('554 5.6.0 Message refused')
    return false
  }
  if (fault === 'cut' || fault === 'silent') {
    around.ledger.cutsAfterBody += 1
    if (taken) await take(around, mail)
    if (fault === 'silent') await reader.end()
    return true
  }
  await take(around, mail)
  if (around.trap.reached('taken')) return true
  say(`250 2.0.0 Ok: queued as ${mail.id}`)
  if (fault === 'none') setImmediate(() => around.trap.reached('answered'))
  return false
}

const addressIn = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? ''
