/** The Worker's own deps on the test's storage, with a clock that a test may set. */
import { env } from 'cloudflare:test'
import type { Deps } from '../../src/commands/deps'
import type { Env } from '../../src/env'
import { wire } from '../../src/wire'

export function testDeps(over: Partial<Deps> = {}): Deps {
  const wired = wire(env as unknown as Env)
  if ('wrong' in wired) throw new Error(wired.wrong.join())
  // A test that holds deliveries back holds all of them.
  return { ...wired.deps, ...(over.deliverQueue && { expressQueue: over.deliverQueue }), ...over }
}
