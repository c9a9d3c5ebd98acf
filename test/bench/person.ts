/** Makes a person with an account, signed in through the sign-in page. */
import { randomUUID } from 'node:crypto'
import { signInStatements } from '../../src/dev/sign-in-statements.ts'
import { routes } from '../../src/routes.ts'
import { APP_URL, type Bench } from './harness.ts'

export interface Person {
  accountId: string
  get(path: string): Promise<Response>
  post(path: string, fields: Record<string, string>): Promise<Response>
}

/** @param customer address of the only customer; the simulator's by default */
export async function newPerson(bench: Bench, customer?: string): Promise<Person> {
  const email = `${randomUUID()}@bench.example`
  const { accountId } = await bench.ask<{ accountId: string }>('account', {
    email,
    ...(customer && { address: customer }),
  })
  const token = randomUUID()
  const db = await bench.database()
  await db.prepare('UPDATE accounts SET daily_quota = 1000000 WHERE id = ?').bind(accountId).run()
  for (const statement of signInStatements(email, token, Date.now())) await db.prepare(statement).run()
  const signedIn = await bench.fetch(routes.signInLink(token), {
    method: 'POST',
    headers: { origin: APP_URL },
    redirect: 'manual',
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  if (!cookie) throw new Error(`could not sign in: ${signedIn.status} ${await signedIn.text()}`)
  return {
    accountId,
    get: (path) => bench.fetch(path, { headers: { cookie }, redirect: 'manual' }),
    post: (path, fields) =>
      bench.fetch(path, {
        method: 'POST',
        headers: { cookie, origin: APP_URL },
        body: new URLSearchParams(fields),
        redirect: 'manual',
      }),
  }
}
