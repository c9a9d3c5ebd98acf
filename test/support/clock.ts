/**
 * Sets the clock of the tests, and with it that of the Worker, which runs in the same isolate: it starts at the same moment on every
 * day, and runs on from there. What expects a year, a month or a weekday says the same tomorrow.
 */

const START = Date.UTC(2026, 10, 24, 10)
const RealDate = globalThis.Date
const offset = START - RealDate.now()

class TestDate extends RealDate {
  constructor(...values: unknown[]) {
    if (values.length === 0) super(TestDate.now())
    else super(...(values as [number]))
  }

  static override now(): number {
    return RealDate.now() + offset
  }
}

// Test files share their globals: the first one sets the clock, and the others go on with it.
const CLOCK = Symbol.for('facteur.test-clock')
if (!(CLOCK in globalThis)) Object.assign(globalThis, { [CLOCK]: true, Date: TestDate })
