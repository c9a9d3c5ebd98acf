/** Handles one connection to the SMTP server of `smtp-server.ts`. */
import type { Socket } from 'node:net'

export interface ReceivedMail {
  /** Without angle brackets. */
  messageId: string
  /** X-Facteur-Delivery. */
  deliveryId: string
  from: string
  to: string
  /** Epoch ms. */
  at: number
  /** Bytes, dot-unstuffed. */
  size: number
  encrypted: boolean
  user: string
  /** The message as UTF-8 text; empty when `faults.dropBodies` is set. */
  raw: string
}

export interface Session {
  /** Names given in EHLO, in order. */
  ehlo: string[]
  /** Command lines as they came, without credentials. */
  commands: string[]
  encrypted: boolean
  mails: number
}

/** Replies are whole lines, such as `554 5.7.1 blocked`. */
export interface Faults {
  greeting?: string
  ehlo?: string
  auth?: string
  mailFrom?: string
  starttls?: string
  /** The server stays silent from this point on. */
  hangAt?: 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL'
  /** The server cuts the connection at this point. */
  cutAt?: 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL'
  /** STARTTLS is neither offered nor accepted. */
  noStarttls?: boolean
  /** Plain text after the reply to STARTTLS, as an attacker on the line would inject. */
  inject?: string
  wrongCertificate?: boolean
  noAuth?: boolean
  pipelining?: boolean
  smtpUtf8?: boolean
  /** SIZE that EHLO announces. */
  size?: number
  /** Each reply arrives byte by byte. */
  bytewise?: boolean
  /** Ends the connection after that many mails: with a 421 to the next MAIL, or without a reply right after the mail. */
  endAfter?: number
  endSilently?: boolean
  /** Keeps only envelopes and headers, for runs of thousands. */
  dropBodies?: boolean
}

interface Owner {
  mails: ReceivedMail[]
  sessions: Session[]
  faults: Faults
}

const END = Buffer.from('\r\n.\r\n')
const HEADERS = 8_192

export class SmtpConversation {
  private socket: Socket
  private encrypted: boolean
  private readonly encrypt: (socket: Socket) => Socket
  private readonly owner: Owner
  private readonly session: Session
  private pending = Buffer.alloc(0)
  private body: Buffer[] | undefined
  private from = ''
  private to = ''
  private user = ''
  /** The prompt that the next line answers; undefined if the next line is a command. */
  private expects: 'user' | 'password' | undefined
  private silent = false

  constructor(socket: Socket, encrypted: boolean, encrypt: (socket: Socket) => Socket, owner: Owner) {
    this.socket = socket
    this.encrypted = encrypted
    this.encrypt = encrypt
    this.owner = owner
    this.session = { ehlo: [], commands: [], encrypted, mails: 0 }
    owner.sessions.push(this.session)
  }

  start(): void {
    this.listen()
    if (!this.misbehaves('greeting')) this.reply(this.owner.faults.greeting ?? '220 sink.test ESMTP')
    if (this.owner.faults.greeting && !this.owner.faults.greeting.startsWith('220')) this.socket.end()
  }

  private listen() {
    this.socket.on('data', (chunk: Buffer) => this.read(chunk))
    this.socket.on('error', () => {})
  }

  private read(chunk: Buffer) {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk])
    while (!this.silent && (this.body ? this.readBody() : this.readLine()));
  }

  private readLine(): boolean {
    const end = this.pending.indexOf('\r\n')
    if (end === -1) return false
    const line = this.pending.toString('utf8', 0, end)
    this.pending = this.pending.subarray(end + 2)
    if (this.expects) this.credentials(line)
    else this.command(line)
    return true
  }

  private command(line: string) {
    const verb = line.split(' ', 1)[0]?.toUpperCase() ?? ''
    this.session.commands.push(verb === 'AUTH' ? line.split(' ').slice(0, 2).join(' ') : line)
    if (this.misbehaves(verb)) return
    const { faults } = this.owner
    switch (verb) {
      case 'EHLO':
      case 'HELO':
        this.session.ehlo.push(line.slice(5))
        return this.reply(faults.ehlo ?? this.extensions())
      case 'STARTTLS':
        return this.startTls()
      case 'AUTH':
        return this.auth(line)
      case 'MAIL':
        return this.mailFrom(line)
      case 'RCPT':
        return this.rcptTo(line)
      case 'DATA':
        return this.data()
      case 'QUIT':
        this.reply('221 2.0.0 Bye')
        this.socket.end()
        return
      case 'RSET':
      case 'NOOP':
        return this.reply('250 2.0.0 Ok')
      default:
        return this.reply('500 5.5.1 Unknown command')
    }
  }

  private extensions(): string {
    const { faults } = this.owner
    const offered = [
      'sink.test',
      ...(faults.pipelining ? ['PIPELINING'] : []),
      ...(this.encrypted || faults.noStarttls ? [] : ['STARTTLS']),
      ...(faults.noAuth ? [] : ['AUTH PLAIN LOGIN']),
      ...(faults.smtpUtf8 ? ['SMTPUTF8'] : []),
      ...(faults.size ? [`SIZE ${faults.size}`] : []),
      '8BITMIME',
      'ENHANCEDSTATUSCODES',
    ]
    return offered.map((name, index) => `250${index === offered.length - 1 ? ' ' : '-'}${name}`).join('\r\n')
  }

  private startTls() {
    const { faults } = this.owner
    if (faults.noStarttls || this.encrypted) return this.reply('502 5.5.1 Not implemented')
    if (faults.starttls) return this.reply(faults.starttls)
    this.socket.removeAllListeners('data')
    this.socket.write(`220 2.0.0 Ready\r\n${faults.inject ?? ''}`)
    this.socket = this.encrypt(this.socket)
    this.encrypted = true
    this.session.encrypted = true
    this.pending = Buffer.alloc(0)
    this.listen()
  }

  private auth(line: string) {
    const { faults } = this.owner
    const [, mechanism, initial] = line.split(' ')
    if (faults.noAuth) return this.reply('502 5.5.1 Not implemented')
    if (faults.auth) return this.reply(faults.auth)
    if (mechanism?.toUpperCase() === 'PLAIN' && initial) {
      const [, user = '', password = ''] = Buffer.from(initial, 'base64').toString().split('\0')
      this.user = user
      return this.checkPassword(password)
    }
    this.expects = 'user'
    this.reply(`334 ${btoa('Username:')}`)
  }

  private credentials(line: string) {
    const value = Buffer.from(line, 'base64').toString()
    if (this.expects === 'user') {
      this.user = value
      this.expects = 'password'
      return this.reply(`334 ${btoa('Password:')}`)
    }
    this.expects = undefined
    this.checkPassword(value)
  }

  private checkPassword(password: string) {
    this.reply(password === 'wrong' ? '535 5.7.8 Authentication failed' : '235 2.7.0 Ok')
  }

  private mailFrom(line: string) {
    const { faults } = this.owner
    if (faults.endAfter !== undefined && this.session.mails >= faults.endAfter) {
      this.reply('421 4.7.0 Too many mails in one session')
      this.socket.end()
      return
    }
    this.from = addressIn(line)
    this.to = ''
    this.reply(faults.mailFrom ?? '250 2.1.0 Ok')
  }

  private rcptTo(line: string) {
    const address = addressIn(line)
    const script = scriptOf(address)
    if (script === 'cut-at-rcpt') return this.cut()
    if (script === 'hang-at-rcpt') return this.hang()
    const answer = scriptedReply(address, 'refuse') ?? scriptedReply(address, 'defer')
    if (!answer) this.to = address
    this.reply(answer ?? '250 2.1.5 Ok')
  }

  private data() {
    const script = scriptOf(this.to)
    if (!this.to) return this.reply('503 5.5.1 No valid recipients')
    if (script === 'cut-at-data') return this.cut()
    if (script === 'hang-at-data') return this.hang()
    const answer = scriptedReply(this.to, 'data')
    if (answer) return this.reply(answer)
    this.body = []
    this.reply('354 Go ahead')
  }

  /** Reads the body. Keeps the last bytes for the next chunk, since the end mark may be split. */
  private readBody(): boolean {
    const body = this.body ?? []
    if (scriptOf(this.to) === 'cut-in-body' && this.pending.length > 0) {
      this.cut()
      return false
    }
    const end = this.pending.indexOf(END)
    if (end === -1) {
      const safe = Math.max(this.pending.length - END.length + 1, 0)
      if (safe > 0) body.push(this.pending.subarray(0, safe))
      this.pending = this.pending.subarray(safe)
      return false
    }
    body.push(this.pending.subarray(0, end + 2))
    this.pending = this.pending.subarray(end + END.length)
    this.body = undefined
    this.message(Buffer.concat(body))
    return true
  }

  private message(stuffed: Buffer) {
    const { faults } = this.owner
    const script = scriptOf(this.to)
    const answer = scriptedReply(this.to, 'dot')
    if (answer) return this.reply(answer)
    if (script === 'lose-after-data') return this.cut()
    this.keep(stuffed)
    if (script === 'cut-after-data') return this.cut()
    if (script === 'hang-after-data') return this.hang()
    const accepted = `250 2.0.0 Ok: queued as SINK${this.owner.mails.length}`
    if (script === 'slow-after-data') setTimeout(() => this.reply(accepted), 100)
    else this.reply(accepted)
    if (faults.endSilently && this.session.mails >= (faults.endAfter ?? 1)) this.socket.end()
  }

  private keep(stuffed: Buffer) {
    this.session.mails += 1
    const head = stuffed.toString('utf8', 0, HEADERS)
    const text = this.owner.faults.dropBodies ? '' : stuffed.toString('utf8')
    this.owner.mails.push({
      messageId: /^Message-ID: <(.*)>/im.exec(head)?.[1] ?? '',
      deliveryId: /^X-Facteur-Delivery: (.*)/im.exec(head)?.[1]?.trim() ?? '',
      from: this.from,
      to: this.to,
      at: Date.now(),
      size: stuffed.length,
      encrypted: this.encrypted,
      user: this.user,
      raw: text.replace(/^\./gm, ''),
    })
  }

  private misbehaves(at: string): boolean {
    const { hangAt, cutAt } = this.owner.faults
    if (hangAt === at) this.hang()
    if (cutAt === at) this.cut()
    return hangAt === at || cutAt === at
  }

  private reply(text: string) {
    if (this.silent || this.socket.destroyed) return
    const bytes = Buffer.from(`${text}\r\n`)
    if (!this.owner.faults.bytewise) this.socket.write(bytes)
    else for (const byte of bytes) this.socket.write(Buffer.from([byte]))
  }

  private hang() {
    this.silent = true
  }

  private cut() {
    this.silent = true
    this.socket.destroy()
  }
}

const addressIn = (line: string): string => /<(.*?)>/.exec(line)?.[1] ?? ''

const scriptOf = (address: string): string => address.split('@')[0]?.split('+')[0] ?? ''

/** Returns the reply that a local part prescribes: `refuse-550-5.1.1+no-such-user@…` → `550 5.1.1 no such user`. */
function scriptedReply(address: string, verb: string): string | undefined {
  const [, code, enhanced] = new RegExp(`^${verb}-(\\d{3})(?:-([\\d.]+))?$`).exec(scriptOf(address)) ?? []
  if (!code) return undefined
  const label = /\+(.*)@/.exec(address)?.[1]?.replaceAll('-', ' ') ?? 'told to'
  return [code, enhanced, label].filter(Boolean).join(' ')
}
