import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Mailer, OutgoingMail } from '../../src/mail/mailer'
import { type SmtpOptions, smtpMailer } from '../../src/mail/smtp'
import type { SmtpSettings } from '../../src/mail/smtp-settings'
import { connectSocket } from '../../src/mail/smtp-socket'
import { sink } from '../support/sink'

const quick = { connectMs: 2_000, greetingMs: 300, silenceMs: 300, sendMs: 5_000 }
/** Timeouts for servers that reply, long enough for a busy machine. */
const patient = { connectMs: 10_000, greetingMs: 10_000, silenceMs: 10_000, sendMs: 20_000 }
let timeouts = patient
const open: Mailer[] = []

function mailer(settings: Partial<SmtpSettings> = {}, options: SmtpOptions = {}): Mailer {
  const made = smtpMailer(
    {
      host: 'localhost',
      port: inject('smtpPort'),
      security: 'none',
      user: '',
      pass: '',
      name: 'mail.facteur.test',
      ...settings,
    },
    { timeouts, ...options },
  )
  open.push(made)
  return made
}

const withTls = { security: 'tls', port: inject('smtpTlsPort') } as const
const signedIn = { user: 'facteur', pass: 'secret' }

function mail(to: string, content = 'hello\r\n'): OutgoingMail {
  const mime = new TextEncoder().encode(
    `Message-ID: <dlv_1@mail.facteur.test>\r\nX-Facteur-Delivery: dlv_1\r\n\r\n${content}`,
  )
  return { deliveryId: 'dlv_1', attempt: 1, from: 'notifications@mail.facteur.test', to, mime }
}

const send = (to: string, settings?: Partial<SmtpSettings>) => mailer(settings).send(mail(to))
const unreachable = { type: 'pause', reason: 'server_unreachable' }
const kept = async () => (await sink.mails()).map(({ to }) => to)

beforeEach(() => sink.clear())
afterEach(() => {
  for (const made of open.splice(0)) made.close()
})

describe('a mail that is accepted', () => {
  it.each([
    ['without encryption', {}],
    ['after STARTTLS', { security: 'starttls' }],
    ['over TLS', withTls],
  ] as const)('arrives %s, as the bytes it is', async (_, settings) => {
    const content = '.\r\n.starts with a dot\r\n..\r\nlast line'
    const outcome = await mailer({ ...settings, ...signedIn }).send(mail('anna@example.org', content))
    expect(outcome).toEqual({
      type: 'accepted',
      providerMessageId: 'SINK1',
      text: '250 2.0.0 Ok: queued as SINK1',
    })
    expect(await sink.rawMails()).toMatchObject([
      {
        deliveryId: 'dlv_1',
        from: 'notifications@mail.facteur.test',
        to: 'anna@example.org',
        encrypted: 'security' in settings,
        user: 'facteur',
        raw: expect.stringMatching(/\r\n\r\n\.\r\n\.starts with a dot\r\n\.\.\r\nlast line\r\n$/),
      },
    ])
  })

  it('uses the open connection, which says EHLO once', async () => {
    const one = mailer()
    for (const name of ['a', 'b', 'c'])
      expect(await one.send(mail(`${name}@example.org`))).toMatchObject({ type: 'accepted' })
    expect(await sink.sessions()).toMatchObject([{ ehlo: ['mail.facteur.test'], mails: 3 }])
  })

  it('uses as many connections as there are mails at once, and reuses them', async () => {
    const one = mailer()
    const chunk = () => Promise.all(['a', 'b', 'c', 'd'].map((name) => one.send(mail(`${name}@example.org`))))
    await chunk()
    await chunk()
    expect((await sink.sessions()).map(({ mails }) => mails)).toEqual([2, 2, 2, 2])
  })

  it('arrives when replies come in byte by byte, with STARTTLS too', async () => {
    await sink.setFaults({ bytewise: true })
    expect(await send('anna@example.org', { security: 'starttls', ...signedIn })).toMatchObject({ type: 'accepted' })
  })

  it('arrives at a server with pipelining', async () => {
    await sink.setFaults({ pipelining: true })
    expect(await send('anna@example.org')).toMatchObject({ type: 'accepted' })
    expect(await send('refuse-550-5.1.1@example.org')).toMatchObject({ type: 'permanent', suppress: true })
    expect(await kept()).toEqual(['anna@example.org'])
  })

  it('is large', async () => {
    const lines = `${'x'.repeat(76)}\r\n`.repeat(20_000)
    expect(await mailer({ security: 'starttls' }).send(mail('anna@example.org', lines))).toMatchObject({
      type: 'accepted',
    })
    const [received] = await sink.rawMails()
    expect(received?.raw.endsWith(lines)).toBe(true)
  })
})

describe('the reply of the recipient’s server', () => {
  const permanent = (status: string, suppress: boolean, reason: string) => ({
    type: 'permanent',
    status,
    suppress,
    reason,
  })

  it.each([
    ['refuse-550-5.1.1', permanent('bounced', true, 'address_unknown')],
    ['refuse-550-5.1.2', permanent('bounced', true, 'address_unknown')],
    ['refuse-553-5.1.3', permanent('bounced', true, 'address_unknown')],
    ['refuse-551-5.1.6', permanent('bounced', true, 'address_unknown')],
    ['refuse-556-5.1.10', permanent('bounced', true, 'address_unknown')],
    ['refuse-550-5.2.1', permanent('bounced', true, 'address_unknown')],
    ['refuse-552-5.2.2', permanent('soft_bounced', false, 'mailbox_full')],
    ['refuse-550-5.7.1', permanent('soft_bounced', false, 'refused_by_policy')],
    ['refuse-550-5.7.26', permanent('soft_bounced', false, 'refused_by_policy')],
    ['refuse-550-5.1.11', permanent('soft_bounced', false, 'recipient_refused')],
    ['refuse-550', permanent('soft_bounced', false, 'recipient_refused')],
    ['refuse-550+blocked-5.1.1.9', permanent('soft_bounced', false, 'recipient_refused')],
    ['refuse-530-5.7.0', { type: 'pause', reason: 'credentials_refused' }],
    ['defer-450-4.2.1', { type: 'retry' }],
    ['defer-451', { type: 'retry' }],
    ['defer-452-4.5.3', { type: 'retry' }],
    ['defer-421-4.3.2', { type: 'retry' }],
    ['data-451-4.3.0', { type: 'retry' }],
    ['data-554-5.5.1', permanent('failed', false, 'message_refused')],
    ['dot-451-4.7.1', { type: 'retry' }],
    ['dot-421-4.3.2', { type: 'retry' }],
    ['dot-554-5.7.1', permanent('failed', false, 'message_refused')],
    ['dot-552-5.3.4', permanent('failed', false, 'message_too_large')],
  ])('%s', async (script, outcome) => {
    expect(await send(`${script}@example.org`)).toMatchObject(outcome)
    expect(await kept()).toEqual([])
  })

  it('is passed on unchanged', async () => {
    expect(await send('refuse-550-5.1.1+no-such-user-here@example.org')).toMatchObject({
      text: '550 5.1.1 no such user here',
    })
  })

  it.each([
    ['defer-451-4.7.1+try-again-in-300-seconds', 300_000],
    ['defer-450+greylisted,-retry-in-5-minutes', 300_000],
    ['defer-450+please-come-back-after-1-hour', 3_600_000],
    ['defer-450+try-again-in-900000-seconds', 86_400_000],
    ['defer-450+try-again-later', undefined],
  ])('states a waiting time: %s', async (script, afterMs) => {
    const outcome = await send(`${script}@example.org`)
    expect(outcome.type).toBe('retry')
    expect('afterMs' in outcome ? outcome.afterMs : undefined).toBe(afterMs)
  })

  it('does not affect the next mail', async () => {
    const one = mailer()
    expect(await one.send(mail('refuse-550-5.1.1@example.org'))).toMatchObject({ type: 'permanent' })
    expect(await one.send(mail('anna@example.org'))).toMatchObject({ type: 'accepted' })
    expect(await kept()).toEqual(['anna@example.org'])
  })
})

describe('a refusal of the connection by our server', () => {
  it.each([
    [{ greeting: '554 5.7.1 blocked' }, 'pause', 'connection_refused'],
    [{ greeting: '421 4.3.2 closing' }, 'pause', 'server_busy'],
    [{ ehlo: '421 4.3.2 closing' }, 'pause', 'server_busy'],
    [{ auth: '535 5.7.8 no' }, 'pause', 'credentials_refused'],
    [{ auth: '534 5.7.9 mechanism too weak' }, 'pause', 'credentials_refused'],
    [{ auth: '454 4.7.0 try later' }, 'pause', 'server_busy'],
    [{ noAuth: true }, 'pause', 'credentials_refused'],
    [{ mailFrom: '550 5.7.1 sender denied' }, 'pause', 'sender_refused'],
    [{ mailFrom: '553 5.1.8 sender denied' }, 'pause', 'sender_refused'],
    [{ mailFrom: '530 5.7.0 authentication required' }, 'pause', 'credentials_refused'],
    [{ mailFrom: '451 4.3.0 busy' }, 'pause', 'server_busy'],
    [{ mailFrom: '421 4.7.0 slow down' }, 'pause', 'server_busy'],
    [{ mailFrom: '552 5.3.4 too large' }, 'permanent', 'message_too_large'],
    [{ size: 10 }, 'permanent', 'message_too_large'],
  ])('%j', async (faults, type, reason) => {
    await sink.setFaults(faults)
    expect(await send('anna@example.org', signedIn)).toMatchObject({ type, reason })
    expect(await kept()).toEqual([])
  })

  it('a wrong password pauses, and never appears in the outcome', async () => {
    const outcome = await send('anna@example.org', { user: 'facteur', pass: 'wrong' })
    expect(outcome).toMatchObject({ type: 'pause', reason: 'credentials_refused' })
    expect(JSON.stringify(outcome)).not.toContain('wrong')
  })

  it('a user without a password pauses without asking the server', async () => {
    expect(await send('anna@example.org', { user: 'facteur' })).toMatchObject({ type: 'pause' })
  })
})

describe('encryption', () => {
  it('is required: a server without STARTTLS gets neither password nor mail', async () => {
    await sink.setFaults({ noStarttls: true })
    expect(await send('anna@example.org', { security: 'starttls', ...signedIn })).toMatchObject({
      type: 'pause',
      reason: 'tls_not_offered',
    })
    expect((await sink.sessions()).flatMap(({ commands }) => commands)).not.toContain('AUTH PLAIN')
  })

  it('that fails for now pauses', async () => {
    await sink.setFaults({ starttls: '454 4.7.0 not available' })
    expect(await send('anna@example.org', { security: 'starttls' })).toMatchObject({
      type: 'pause',
      reason: 'server_busy',
    })
    await sink.setFaults({ cutAt: 'STARTTLS' })
    expect(await send('anna@example.org', { security: 'starttls' })).toMatchObject(unreachable)
  })

  it('discards what the server sent before it', async () => {
    await sink.setFaults({ inject: '250-sink.test\r\n250 AUTH PLAIN\r\n' })
    await send('anna@example.org', { security: 'starttls', ...signedIn })
    for (const { ehlo, commands } of await sink.sessions()) {
      expect(commands.slice(0, 2)).toEqual(['EHLO mail.facteur.test', 'STARTTLS'])
      if (commands.length > 2) expect(ehlo).toHaveLength(2)
    }
  })

  it('checks the certificate’s name', async () => {
    await sink.setFaults({ wrongCertificate: true })
    expect(await send('anna@example.org', { ...withTls, ...signedIn })).toMatchObject(unreachable)
    await ignoringRuntimeRejections(async () => {
      expect(await send('anna@example.org', { security: 'starttls', ...signedIn })).toMatchObject(unreachable)
    })
    expect((await sink.sessions()).flatMap(({ commands }) => commands)).not.toContain('AUTH PLAIN')
  })

  it('checks it against the configured name', async () => {
    expect(await send('anna@example.org', { ...withTls, host: '127.0.0.1' })).toMatchObject(unreachable)
    expect(await kept()).toEqual([])
  })
})

describe('a connection that breaks or falls silent', () => {
  beforeEach(() => {
    timeouts = quick
  })
  afterEach(() => {
    timeouts = patient
  })

  it.each(['greeting', 'EHLO', 'AUTH', 'MAIL'] as const)(
    'at %s: the recipient was not named, so the connection pauses',
    async (at) => {
      const began = Date.now()
      await sink.setFaults({ cutAt: at })
      expect(await send('anna@example.org', signedIn)).toMatchObject(unreachable)
      await sink.setFaults({ hangAt: at })
      expect(await send('anna@example.org', signedIn)).toMatchObject(unreachable)
      expect(Date.now() - began, 'noticed, not waited for').toBeLessThan(quick.sendMs)
    },
  )

  it('at MAIL with pipelining: the same', async () => {
    await sink.setFaults({ pipelining: true, hangAt: 'MAIL' })
    expect(await send('anna@example.org')).toMatchObject(unreachable)
    await sink.setFaults({ pipelining: true, cutAt: 'MAIL' })
    expect(await send('anna@example.org')).toMatchObject(unreachable)
  })

  it.each(['cut-at-rcpt', 'hang-at-rcpt', 'cut-at-data', 'hang-at-data'])(
    '%s: nothing was handed over',
    async (script) => {
      expect(await send(`${script}@example.org`)).toMatchObject({ type: 'retry' })
      expect(await kept()).toEqual([])
    },
  )

  it.each([
    ['cut-in-body', 0],
    ['lose-after-data', 0],
    ['cut-after-data', 1],
    ['hang-after-data', 1],
  ])('%s: the mail may have been accepted', async (script, count) => {
    expect(await send(`${script}@example.org`)).toMatchObject({ type: 'unknown' })
    expect(await kept()).toHaveLength(count)
  })

  it.each(['cut-after-data', 'hang-after-data'])('%s over TLS, and with pipelining', async (script) => {
    await sink.setFaults({ pipelining: true })
    expect(await send(`${script}@example.org`, withTls)).toMatchObject({ type: 'unknown' })
    expect(await send(`${script}@example.org`, { security: 'starttls' })).toMatchObject({ type: 'unknown' })
  })

  it('does not affect mails sent at the same time', async () => {
    const one = mailer()
    const outcomes = await Promise.all(
      ['cut-after-data', 'anna', 'cut-at-data', 'slow-after-data'].map((name) => one.send(mail(`${name}@example.org`))),
    )
    expect(outcomes.map(({ type }) => type)).toEqual(['unknown', 'accepted', 'retry', 'accepted'])
  })

  it('before the connection is open', async () => {
    expect(await send('anna@example.org', { port: 1 })).toMatchObject(unreachable)
    expect(await send('anna@example.org', { host: 'no-such-host.invalid' })).toMatchObject(unreachable)
    const never = mailer(
      {},
      { connect: (_, signal) => rejectWhenAborted(signal), timeouts: { ...quick, connectMs: 50 } },
    )
    expect(await never.send(mail('anna@example.org'))).toMatchObject(unreachable)
  })

  it('after the total time limit, even if bytes keep arriving', async () => {
    const impatient = { timeouts: { ...quick, silenceMs: 5_000, sendMs: 400 } }
    expect(await mailer({}, impatient).send(mail('hang-at-rcpt@example.org'))).toMatchObject({ type: 'retry' })
    expect(await mailer({}, impatient).send(mail('hang-after-data@example.org'))).toMatchObject({ type: 'unknown' })
  })
})

describe('a kept connection that the server ends', () => {
  it.each([
    ['without a word', { endAfter: 1, endSilently: true }],
    ['with 421 at the next mail', { endAfter: 1 }],
  ])('%s costs no attempt', async (_, faults) => {
    await sink.setFaults(faults)
    const one = mailer()
    for (const name of ['a', 'b', 'c'])
      expect(await one.send(mail(`${name}@example.org`))).toMatchObject({ type: 'accepted' })
    expect(await kept()).toEqual(['a@example.org', 'b@example.org', 'c@example.org'])
  })

  it('is not repeated once the message was handed over', async () => {
    const one = mailer()
    await one.send(mail('anna@example.org'))
    expect(await one.send(mail('cut-after-data@example.org'))).toMatchObject({ type: 'unknown' })
    expect(await kept()).toEqual(['anna@example.org', 'cut-after-data@example.org'])
    expect(await sink.sessions()).toHaveLength(1)
  })

  it('is closed after 100 mails', async () => {
    const one = mailer()
    for (let i = 0; i < 102; i++) await one.send(mail('anna@example.org'))
    expect((await sink.sessions()).map(({ mails }) => mails)).toEqual([100, 2])
  })
})

describe('addresses', () => {
  it.each([
    'anna@example.org>\r\nRCPT TO:<eve@example.org',
    'anna\n@example.org',
    'anna\u0000@example.org',
    'anna> SIZE=1@example.org',
    'not an address',
    '',
  ])('%j is refused before anything is sent', async (to) => {
    expect(await send(to)).toMatchObject({
      type: 'permanent',
      status: 'failed',
      suppress: false,
      reason: 'address_invalid',
    })
    expect(await sink.sessions()).toEqual([])
  })

  it('a sender with a line break is refused too', async () => {
    const outcome = await mailer().send({ ...mail('anna@example.org'), from: 'a@b.c\r\nDATA' })
    expect(outcome).toMatchObject({ type: 'permanent', reason: 'address_invalid' })
  })

  it('a local part that is not ASCII asks for SMTPUTF8', async () => {
    await sink.setFaults({ smtpUtf8: true })
    expect(await send('jürgen@example.org')).toMatchObject({ type: 'accepted' })
    const [{ commands = [] } = {}] = await sink.sessions()
    expect(commands[1]).toBe('MAIL FROM:<notifications@mail.facteur.test> SMTPUTF8')
    expect(await kept()).toEqual(['jürgen@example.org'])
  })
})

it('closing does not wait for the server', async () => {
  const one = mailer()
  await one.send(mail('anna@example.org'))
  await sink.setFaults({ hangAt: 'EHLO' })
  one.close()
  one.close()
  expect(await kept()).toEqual(['anna@example.org'])
})

it('opens its sockets through the given function', async () => {
  const targets: unknown[] = []
  const one = mailer(
    {},
    {
      connect: (target, signal) => {
        targets.push(target)
        return connectSocket(target, signal)
      },
    },
  )
  expect(await one.send(mail('anna@example.org'))).toMatchObject({ type: 'accepted' })
  expect(targets).toEqual([{ host: 'localhost', port: inject('smtpPort'), secure: false }])
})

const rejectWhenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('timeout'))))

/** Ignores a rejection that workerd's node:tls leaves unhandled when STARTTLS gets a wrong certificate. */
async function ignoringRuntimeRejections(run: () => Promise<void>): Promise<void> {
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  const ignore = () => {}
  process.on('unhandledRejection', ignore)
  try {
    await run()
    await scheduler.wait(50)
  } finally {
    process.off('unhandledRejection', ignore)
    for (const listener of listeners) process.on('unhandledRejection', listener)
  }
}
