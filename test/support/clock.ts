/**
 * Sets the clock of the tests and of the Worker, which runs in the same isolate. It starts at the same time on every run, so that
 * tests can expect a year, a month or a weekday.
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

// Test files share their globals: the first one sets the clock for all.
const CLOCK = Symbol.for('facteur.test-clock')
if (!(CLOCK in globalThis)) Object.assign(globalThis, { [CLOCK]: true, Date: TestDate })
