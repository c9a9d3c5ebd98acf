/** Returns the Worker's dependencies on the test's storage. A test may replace some of them, such as the clock. */
import { env } from 'cloudflare:test'
import type { Deps } from '../../src/commands/deps'
import type { Env } from '../../src/env'
import { wire } from '../../src/wire'

export function testDeps(over: Partial<Deps> = {}, bindings = env as unknown as Env): Deps {
  const wired = wire(bindings)
  if ('wrong' in wired) throw new Error(wired.wrong.join())
  // A test that replaces one queue of deliveries replaces both.
  return { ...wired.deps, ...(over.deliverQueue && { expressQueue: over.deliverQueue }), ...over }
}
