/**
 * Starts an SMTP server that stores mails and simulates faults. Runs in Node; `smtp-sink.ts` starts one for the tests in workerd,
 * and other programs (benchmark, crash harness, browser tests) call `startSmtpServer()`.
 *
 * The recipient's local part selects the fault of one mail (a `+label` is ignored):
 *   refuse-550-5.1.1@  defer-451-4.7.1@   reply to RCPT (the enhanced code may be left out; `+words-of-the-label` become its text)
 *   data-554-5.6.0@                       reply to DATA instead of 354
 *   dot-554-5.7.1@                        reply to the whole message
 *   cut-at-rcpt@ cut-at-data@ cut-in-body@ lose-after-data@   the connection is cut there; the mail is not stored
 *   cut-after-data@                       the mail is stored, then the connection is cut instead of a reply
 *   hang-at-rcpt@ hang-at-data@ hang-after-data@              no reply there; after data the mail is stored
 *   slow-after-data@                      replies after 100 ms
 *
 * `faults` (see the type) apply to every mail. Tests set them over HTTP:
 *   GET /mails, GET /mails?raw, GET /sessions, PUT /faults, DELETE / (deletes all three)
 */
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { type Faults, type ReceivedMail, type Session, SmtpConversation } from './smtp-conversation'

export interface SmtpServer {
  /** Plain, offers STARTTLS. */
  port: number
  /** TLS from the first byte, certificate for `localhost`. */
  tlsPort: number
  /** http://127.0.0.1:… of the control endpoint. */
  controlUrl: string
  mails: ReceivedMail[]
  sessions: Session[]
  faults: Faults
  clear(): void
  close(): Promise<void>
}

const certificate = (name: string) => {
  const pem = readFileSync(fileURLToPath(new URL(`tls/${name}.pem`, import.meta.url).href))
  return createSecureContext({ key: pem, cert: pem })
}

export async function startSmtpServer(): Promise<SmtpServer> {
  const sockets = new Set<Socket>()
  const certificates = { right: certificate('localhost'), wrong: certificate('wrong-name') }

  const sink: SmtpServer = {
    port: 0,
    tlsPort: 0,
    controlUrl: '',
    mails: [],
    sessions: [],
    faults: {},
    clear() {
      sink.mails.length = 0
      sink.sessions.length = 0
      sink.faults = {}
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await Promise.all([plain, secure, control].map((server) => new Promise((done) => server.close(done))))
    },
  }

  const encrypt = (socket: Socket) =>
    new TLSSocket(socket, {
      isServer: true,
      secureContext: sink.faults.wrongCertificate ? certificates.wrong : certificates.right,
    })
  const accept = (isSecure: boolean) => (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    new SmtpConversation(isSecure ? encrypt(socket) : socket, isSecure, encrypt, sink).start()
  }
  const plain = createServer(accept(false))
  const secure = createServer(accept(true))
  const control = createHttpServer((request, response) => void answer(sink, request, response))

  sink.port = await listen(plain)
  sink.tlsPort = await listen(secure)
  sink.controlUrl = `http://127.0.0.1:${await listen(control)}`
  return sink
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

async function answer(sink: SmtpServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (body: unknown) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(body))
  }
  switch (`${request.method} ${request.url}`) {
    case 'GET /mails':
      return send(sink.mails.map(({ raw: _, ...mail }) => mail))
    case 'GET /mails?raw':
      return send(sink.mails)
    case 'GET /sessions':
      return send(sink.sessions)
    case 'PUT /faults': {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      sink.faults = JSON.parse(Buffer.concat(chunks).toString()) as Faults
      return send({})
    }
    case 'DELETE /':
      sink.clear()
      return send({})
    default:
      response.statusCode = 404
      send({})
  }
}
