/**
 * Runs the `smtp-server` package with simulated faults. They are selected by the user's name at sign-in, by the local part of the
 * sender at MAIL, and by that of the recipient from RCPT on (`550-5.1.1`, `cut`, `hang`, and at DATA `cut-at-data`, `cut-in-body`, …).
 * Servers that fail before the first command have separate ports. The reply to an accepted mail contains the hash of its content.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'

export interface StandardSmtpPorts {
  /** Plain, offers STARTTLS and asks for a user only when one comes. */
  plain: number
  /** TLS from the first byte. */
  tls: number
  /** Knows CRAM-MD5 and nothing else. */
  challenging: number
  /** Ports of servers that fail at the greeting, named for their fault. */
  cut: number
  hang: number
  blocked: number
  busy: number
}

type Answer = (error?: Error | null, ...more: never[]) => void

const pem = readFileSync(fileURLToPath(new URL('tls/localhost.pem', import.meta.url).href))
const USERS: Record<string, string> = { tim: 'tanstaaftanstaaf', facteur: 'secret' }

/** Starts all servers. The second value ends them. */
export async function startStandardSmtpServers(): Promise<[StandardSmtpPorts, () => void]> {
  const servers: SMTPServer[] = []
  const listen = (options: SMTPServerOptions): Promise<number> => {
    const server: SMTPServer = make(options, (session) => cut(server, session))
    servers.push(server)
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port)),
    )
  }
  const greeting = (script: string): SMTPServerOptions => ({
    onConnect: (session, answer) => misbehave(script, answer, () => cutById(servers, session)) || answer(),
  })
  const ports = {
    plain: await listen({}),
    tls: await listen({ secure: true }),
    challenging: await listen({ authMethods: ['CRAM-MD5'], authOptional: false }),
    cut: await listen(greeting('cut')),
    hang: await listen(greeting('hang')),
    blocked: await listen(greeting('554-5.7.1')),
    busy: await listen(greeting('421-4.3.2')),
  }
  return [
    ports,
    () => {
      for (const server of servers) server.close()
      for (const server of servers) for (const one of server.connections) socketOf(one).destroy()
    },
  ]
}

function make(options: SMTPServerOptions, cutOff: (session: SMTPServerSession) => void): SMTPServer {
  const server = new SMTPServer({
    ...{ key: pem, cert: pem, authOptional: true, allowInsecureAuth: true, logger: false, disableReverseLookup: true },
    onAuth({ username = '', password }, session, answer) {
      if (misbehave(username, answer, () => cutOff(session))) return
      if (password === USERS[username]) answer(null, { user: username })
      else answer(replyError('535', '5.7.8', 'Authentication failed'))
    },
    onMailFrom({ address }, session, answer) {
      if (!misbehave(localPart(address), answer, () => cutOff(session))) answer()
    },
    onRcptTo({ address }, session, answer) {
      if (!misbehave(localPart(address), answer, () => cutOff(session))) answer()
    },
    onData(stream, session, answer) {
      const script = localPart(session.envelope.rcptTo[0]?.address ?? '')
      if (script === 'cut-at-data') return cutOff(session)
      const hash = createHash('sha256')
      stream.on('data', (chunk: Buffer) => {
        hash.update(chunk)
        if (script === 'cut-in-body') cutOff(session)
      })
      stream.on('end', () => {
        if (misbehave(script.replace(/^dot-|-after-data$/g, ''), answer, () => cutOff(session))) return
        const named =
          script === 'named' ? '<4F2B1.9@yourdomain.example>' : `queued as ${hash.digest('hex').slice(0, 16)}`
        ;(answer as (error: null, text: string) => void)(null, `2.0.0 Ok: ${named}`)
      })
    },
    ...options,
  })
  // A client that is cut off causes an error.
  server.on('error', () => {})
  return server
}

/** Applies the fault of a script. Returns false if the script has none. */
function misbehave(script: string, answer: Answer, cutOff: () => void): boolean {
  const [, code, enhanced = ''] = /^(\d{3})(?:-([\d.]+))?$/.exec(script) ?? []
  if (script === 'cut') cutOff()
  else if (code) answer(replyError(code, enhanced, 'as told'))
  else return script === 'hang'
  return true
}

const replyError = (code: string, enhanced: string, text: string): Error =>
  Object.assign(new Error([enhanced, text].filter(Boolean).join(' ')), { responseCode: Number(code) })

const localPart = (address: string): string => address.split('@')[0] ?? ''

interface Connection {
  id: string
  _socket: { destroy(): void }
}
const socketOf = (connection: unknown) => (connection as Connection)._socket

function cut(server: SMTPServer, { id }: SMTPServerSession): void {
  for (const one of server.connections) if ((one as Connection).id === id) socketOf(one).destroy()
}

const cutById = (servers: SMTPServer[], session: SMTPServerSession) => {
  for (const server of servers) cut(server, session)
}
