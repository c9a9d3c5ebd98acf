/** Sends mails through two providers that fail, and kills the Worker's process again and again, until every mail has come to an end. */
import { setTimeout as wait } from 'node:timers/promises'
import { ulid } from 'ulid'
import { type App, startApp } from './app.ts'
import { addressOf, isGood } from './customers.ts'
import { Doors, HEARING } from './doors.ts'
import { type Bars, type Figures, judge, type Row } from './judge.ts'
import { Ledger } from './ledger.ts'
import { Faults } from './misfortune.ts'
import { randomOf } from './random.ts'
import { Reports } from './reports.ts'
import { startResend } from './resend-provider.ts'
import { startSmtp } from './smtp-provider.ts'
import { STAGES, Trap } from './trap.ts'
import type { NewSend } from './worker/setup.ts'

export interface Options extends Bars {
  sends: number
  /** Calls that are never answered; each takes up to a minute. */
  silences: number
  seed: string
  say(text: string): void
}

const ACCOUNTS = 4
/** Between two ticks; what a tick puts onto the queue leaves within a second. */
const TICK_MS = 600
const TRAP_LIMIT_MS = 20_000
/** Mails that pass a stage before the process is killed there. */
const MOST_SKIPPED = 40
const DRAIN_LIMIT_MS = 10 * 60_000
/** So long nothing may move before leases end. */
const STILL_MS = 15_000

export async function runFaults(options: Options): Promise<{ figures: Figures; missed: string[] }> {
  const { seed, say } = options
  const ledger = new Ledger()
  const trap = new Trap()
  const doors = new Doors()
  const reports = new Reports(seed, (report) => doors.post(report))
  const around = { ledger, trap, reports, faults: new Faults(seed, options.silences) }
  const [smtp, resend] = await Promise.all([startSmtp(around), startResend(around)])
  try {
    say('Starting …')
    const app = await startApp(() => ({
      ...HEARING,
      SMTP_PORT: String(smtp.port),
      PROVIDER_URLS: JSON.stringify({ resend: resend.url }),
    }))
    try {
      doors.open(app)
      const sends = await prepare(app, options, doors)
      const driver = new Driver(app, options, around)
      await driver.killAll(sends)
      await driver.drain()
      const { kills, killsInFlight } = driver
      say(`Faults: ${JSON.stringify(ledger.faults)}`)
      say(`Reports: ${reports.posted}, ${JSON.stringify(reports.manners)}`)
      const rows = readRows(app)
      say(`Good addresses that were not reached: ${describeMissed(rows)}`)
      return judge({ sends, rows, ledger, kills, killsInFlight }, options)
    } finally {
      await app.close()
    }
  } finally {
    smtp.close()
    resend.close()
  }
}

/** Makes accounts of which every other has a Resend connection of its own, and returns the sends that are to be queued. */
async function prepare(app: App, { sends, seed, say }: Options, doors: Doors): Promise<NewSend[]> {
  say('Making accounts and documents …')
  const documents = Math.ceil(sends / ACCOUNTS)
  const accounts: { accountId: string; documentIds: string[] }[] = []
  for (let i = 0; i < ACCOUNTS; i++) {
    const input = { email: `owner-${i}@faults.example`, documents }
    const account = await app.ask<{ accountId: string; documentIds: string[] }>('account', input)
    if (i % 2 === 1) await doors.connectResend(account.accountId)
    accounts.push(account)
  }
  return Array.from({ length: sends }, (_, index) => {
    const account = accounts[index % ACCOUNTS]
    const documentId = account?.documentIds[Math.floor(index / ACCOUNTS)]
    if (!account || !documentId) throw new Error('too few documents')
    return {
      accountId: account.accountId,
      documentId,
      sendId: `snd_${ulid().toLowerCase()}`,
      address: addressOf(seed, index),
    }
  })
}

interface Around {
  ledger: Ledger
  trap: Trap
  reports: Reports
}

class Driver {
  kills = 0
  killsInFlight = 0
  readonly #app: App
  readonly #options: Options
  readonly #around: Around
  readonly #random: () => number

  constructor(app: App, options: Options, around: Around) {
    this.#app = app
    this.#options = options
    this.#around = around
    this.#random = randomOf(`${options.seed} kills`)
  }

  /** Queues the sends in as many parts as there are kills, and kills the process while it sends each part. */
  async killAll(sends: NewSend[]): Promise<void> {
    const { kills } = this.#options
    const size = Math.ceil(sends.length / kills)
    for (let round = 0; this.kills < kills; round++) {
      await this.#app.ask('sends', sends.slice(round * size, (round + 1) * size))
      // Every fourth comes whenever it comes, the others while a provider has a mail.
      if (round % 4 === 3) await this.#killAnytime()
      else await this.#killInFlight(round)
      if (round > 3 * kills) throw new Error('no mail is on its way any more')
    }
  }

  async #killInFlight(round: number): Promise<void> {
    const stage = STAGES[round % STAGES.length] ?? 'taken'
    const skips = Math.floor(MOST_SKIPPED * this.#random())
    let over = false
    const trapped = this.#around.trap
      .set({ stage, skips }, () => this.#app.kill(), TRAP_LIMIT_MS)
      .finally(() => {
        over = true
      })
    while (!over) {
      await this.#app.ask('waits')
      await Promise.race([trapped, this.#app.tick().then(() => wait(TICK_MS))])
    }
    if (await trapped) await this.#recover(stage)
  }

  async #killAnytime(): Promise<void> {
    await this.#app.ask('waits')
    void this.#app.tick()
    await wait(2000 * this.#random())
    this.#app.kill()
    await this.#recover('anytime')
  }

  async #recover(moment: string): Promise<void> {
    this.kills += 1
    const sending = this.#count('sending')
    if (sending > 0) this.killsInFlight += 1
    this.#options.say(`Kill ${this.kills} (${moment}): ${sending} sending, ${this.#count('dispatched')} dispatched`)
    await this.#app.untilUp()
    await this.#app.ask('leases')
    this.#around.reports.repeatLost()
    // Ends what was being sent, so that the next kill counts only its own.
    await this.#app.tick()
  }

  /** Ticks until every mail has come to an end and every report has been handled. */
  async drain(): Promise<void> {
    this.#options.say('Letting the rest come to its end …')
    const { ledger, reports } = this.#around
    const deadline = Date.now() + DRAIN_LIMIT_MS
    let before = ''
    let movedAt = Date.now()
    while (Date.now() < deadline) {
      await this.#app.ask('waits')
      await this.#app.tick()
      await wait(TICK_MS)
      const left = this.#left()
      if (left === '') break
      if (left !== before || ledger.underWay > 0) movedAt = Date.now()
      before = left
      if (Date.now() - movedAt < STILL_MS) continue
      this.#options.say(`Nothing moves: ${left}`)
      if (!/queued|dispatched|sending/.test(left)) break
      await this.#app.ask('leases')
      movedAt = Date.now()
    }
    await reports.idle()
  }

  /** Describes what has not come to an end; empty if all has. */
  #left(): string {
    const rows = this.#app.read<{ status: string; n: number }>(
      `SELECT status, count(*) AS n FROM deliveries WHERE address LIKE '%@customers.example'
        AND status IN ('queued', 'dispatched', 'sending', 'sent', 'deferred', 'unknown') GROUP BY status ORDER BY status`,
    )
    // What is unknown may stay so, once nobody reports any more.
    const isOver = rows.every(({ status }) => status === 'unknown') && this.#around.reports.isIdle
    return isOver ? '' : rows.map(({ status, n }) => `${n} ${status}`).join(', ')
  }

  #count(status: string): number {
    const [row] = this.#app.read<{ n: number }>(
      `SELECT count(*) AS n FROM deliveries WHERE status = '${status}' AND address LIKE '%@customers.example'`,
    )
    return row?.n ?? 0
  }
}

/** Counts good addresses without their mail, by state and reason. */
const describeMissed = (rows: Row[]): string => {
  const missed = rows.filter(({ address, status }) => isGood(address) && status !== 'delivered')
  const groups = Map.groupBy(missed, ({ status, reason }) => `${status} ${reason}`)
  return [...groups].map(([name, group]) => `${group.length} ${name}`).join(', ') || 'none'
}

const readRows = (app: App): Row[] =>
  app.read(`
    SELECT d.id, d.send_id AS sendId, d.address, d.connection, d.status,
      coalesce(d.reason, d.server_text) AS reason,
      (SELECT count(*) FROM history h WHERE h.delivery_id = d.id AND h.type = 'unknown') AS unknowns
    FROM deliveries d WHERE d.address LIKE '%@customers.example'`)
