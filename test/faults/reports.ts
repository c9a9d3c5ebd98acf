/** What the providers report of the mails that they took: twice, late, out of order, and before their own answer. */
import { setTimeout as wait } from 'node:timers/promises'
import { customerOf } from './customers.ts'
import type { TakenMail } from './ledger.ts'
import { pick, randomOf } from './random.ts'

export type ReportedClass = 'sent' | 'deferred' | 'delivered' | 'bounced_hard' | 'bounced_soft' | 'dropped'

export interface Report {
  mail: TakenMail
  class: ReportedClass
  /** The same for a repeat. */
  id: string
  /** Epoch ms. */
  at: number
}

/** Hands a report to the app; false if the app has not taken it, so that it is handed over again. */
export type Door = (report: Report) => Promise<boolean>

const MANNERS = { plain: 35, before_answer: 15, twice: 20, late: 15, out_of_order: 15 }
type Manner = keyof typeof MANNERS

/** So long a message may be on the queue, a retry included. Queues keep messages when a Worker dies; the local ones do not. */
const QUEUE_MS = 60_000
const REPEAT_MS = 500

export class Reports {
  readonly #seed: string
  readonly #door: Door
  readonly #underWay = new Set<Promise<void>>()
  #accepted: { report: Report; at: number }[] = []
  readonly manners: Record<string, number> = {}
  posted = 0

  constructor(seed: string, door: Door) {
    this.#seed = seed
    this.#door = door
  }

  /** Begins to report on a mail. Resolves when the provider may answer the call that brought it. */
  async begin(mail: TakenMail): Promise<void> {
    const random = randomOf(`${this.#seed} report ${mail.address}`)
    const manner: Manner = pick(MANNERS, random)
    this.manners[manner] = (this.manners[manner] ?? 0) + 1
    const report = (of: ReportedClass): Report => ({ mail, class: of, id: `${mail.id}-${of}`, at: Date.now() })
    const end = report(endOf(mail.address))
    const soon = 20 + 300 * random()
    if (manner === 'before_answer') return this.#post(end)
    if (manner === 'plain') this.#later(report('sent'), soon)
    if (manner === 'out_of_order') {
      this.#later(report('sent'), soon + 1500)
      this.#later(report('deferred'), soon + 2000)
    }
    if (manner === 'twice') this.#later(end, soon + 500 + 2500 * random())
    this.#later(end, manner === 'late' ? 3000 + 5000 * random() : soon + 100)
  }

  /** Posts again what was on the app's queue when its process was killed: in production it would still be there. */
  repeatLost(): void {
    const lost = this.#accepted.filter(({ at }) => at > Date.now() - QUEUE_MS)
    this.#accepted = []
    for (const { report } of lost) this.#later(report, 0)
  }

  get isIdle(): boolean {
    return this.#underWay.size === 0
  }

  /** Resolves when the app has taken all reports so far. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  #later(report: Report, delayMs: number): void {
    const posting = wait(delayMs)
      .then(() => this.#post(report))
      .finally(() => this.#underWay.delete(posting))
    this.#underWay.add(posting)
  }

  /** Posts a report until the app takes it, as providers do. */
  async #post(report: Report): Promise<void> {
    this.posted += 1
    while (!(await this.#door(report))) await wait(REPEAT_MS)
    this.#accepted.push({ report, at: Date.now() })
  }
}

function endOf(address: string): ReportedClass {
  switch (customerOf(address)) {
    case 'gone':
      return 'bounced_hard'
    case 'full':
      return 'bounced_soft'
    case 'listed':
      return 'dropped'
    default:
      return 'delivered'
  }
}
