/**
 * Makes two accounts with one of each thing once for a test file, and puts the storage back before each test after one that changed
 * something. Making them takes ten times as long.
 */
import { createExecutionContext, env, waitOnExecutionContext } from 'cloudflare:test'
import type { Role } from '../../src/domain/role'
import type { Env } from '../../src/env'
import worker from '../../src/index'
import { type Belongings, belongingsOf } from './belongings'
import { Merchant, signUp } from './client'
import { freshStorage } from './database'
import { HeldQueue } from './held-queue'
import { copyStorage } from './storage-copy'

export interface World {
  owner: Merchant
  its: Belongings
  /** People of the owner's account, by role. */
  people: Record<Role, Merchant>
  /** The owner of another account, which has one of each thing too. */
  other: Merchant
}

/** A trading name that no page of another account may contain. */
export const OWNERS_ONLY = 'Only the owner may read this'

/** Returns a function that gives a test its world: one that only reads says so, and gets the world of the test before it. */
export function sharedWorld(): (use: 'read' | 'change') => Promise<World> {
  let made: ReturnType<typeof make> | undefined
  let isChanged = false
  return async (use) => {
    made ??= make()
    const { world, putBack } = await made
    if (isChanged) await putBack()
    isChanged = use === 'change'
    return inNewBrowsers(world)
  }
}

async function make(): Promise<{ world: World; putBack: () => Promise<void> }> {
  await freshStorage()
  const owner = await signUp({ company: { tradingName: OWNERS_ONLY } })
  const colleague = (role: Role) => signUp({ accountId: owner.accountId, role })
  const [admin, member, viewer] = [await colleague('admin'), await colleague('member'), await colleague('viewer')]
  const other = await signUp()
  await belongingsOf(other)
  const world = { owner, its: await belongingsOf(owner), people: { owner, admin, member, viewer }, other }
  return { world, putBack: await copyStorage() }
}

/** Returns the world with new clients, which have the cookies of the sign-in and no others. */
function inNewBrowsers({ its, people, other }: World): World {
  const { owner, admin, member, viewer } = people
  const again = {
    ...{ owner: inNewBrowser(owner), admin: inNewBrowser(admin) },
    ...{ member: inNewBrowser(member), viewer: inNewBrowser(viewer) },
  }
  return { owner: again.owner, its, people: again, other: inNewBrowser(other) }
}

function inNewBrowser({ accountId, userId, email, cookies }: Merchant): Merchant {
  const merchant = new Merchant(accountId, userId, email)
  for (const [name, value] of cookies) merchant.cookies.set(name, value)
  merchant.worker = { fetch: fetchToTheEnd }
  return merchant
}

/** Runs a request and what it does after its response, and drops messages to queues, so that nothing reaches into the next test. */
async function fetchToTheEnd(url: string, init: RequestInit): Promise<Response> {
  const queue = new HeldQueue<never>().binding
  const bindings = { ...env, DELIVER_QUEUE: queue, EXPRESS_QUEUE: queue, EVENT_QUEUE: queue } as unknown as Env
  const context = createExecutionContext()
  const response = await worker.fetch(new Request(url, init), bindings, context)
  await waitOnExecutionContext(context)
  return response
}
