import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Home, newHome, type Running, runNpm, startFacteur } from './support/facteur.ts'

let home: Home
let facteur: Running

beforeAll(async () => {
  home = await newHome()
  facteur = await startFacteur(home)
})
afterAll(async () => {
  await facteur?.pressCtrlC()
  home?.remove()
})

it('prints where the app and the inbox are, and a link to sign in by', async () => {
  expect(facteur.output()).toContain(home.appUrl)
  expect(facteur.output()).toContain(home.inboxUrl)
  expect(facteur.signInLink).toMatch(`${home.appUrl}/sign-in/links/`)
  expect((await fetch(home.appUrl, { redirect: 'manual' })).status).toBeLessThan(400)
  expect((await fetch(home.inboxUrl, { headers: { accept: 'text/html' } })).status).toBe(200)
})

it('says which port is in use, in one line', async () => {
  const taken = await runNpm(home, '-s', 'start')
  expect(taken.code).toBe(1)
  expect(lines(taken.output)).toEqual([
    `Port ${home.env.PORT} is in use: choose another with PORT, like PORT=${Number(home.env.PORT) + 1}.`,
  ])

  const other = await newHome()
  const server = createServer().listen(Number(other.env.SMTP_PORT), '127.0.0.1')
  const smtp = await runNpm(other, '-s', 'start')
  server.close()
  other.remove()
  expect(smtp.code).toBe(1)
  expect(lines(smtp.output)).toEqual([expect.stringMatching(`^Port ${other.env.SMTP_PORT} is in use: .* SMTP_PORT`)])
})

it('refuses to delete or share the data it is using', async () => {
  const reset = await runNpm(home, '-s', 'run', 'reset')
  expect(reset.code).toBe(1)
  expect(reset.output).toContain('is used by a running npm start')

  const other = await newHome()
  const second = await runNpm({ ...other, env: { ...other.env, STATE_DIR: home.stateDir } }, '-s', 'start')
  other.remove()
  expect(second.code).toBe(1)
  expect(second.output).toContain('is used by a running npm start')
})

it('ends every process on Ctrl-C, and keeps data and secret for the next start', async () => {
  const secret = secretOf(home)
  expect(processesOf(home).length).toBeGreaterThan(2)
  await facteur.pressCtrlC()
  await expect.poll(() => processesOf(home), { timeout: 20_000 }).toEqual([])

  facteur = await startFacteur(home)
  expect(secretOf(home)).toBe(secret)
})

it('ends with a clear message when the Worker dies', async () => {
  const wrangler = processesOf(home).find(({ command }) => command.includes('wrangler-dist/cli.js'))
  if (!wrangler) throw new Error('no wrangler is running')
  process.kill(wrangler.pid, 'SIGKILL')
  await expect.poll(() => facteur.output(), { timeout: 20_000 }).toContain('The Worker ended')
  await expect.poll(() => processesOf(home), { timeout: 20_000 }).toEqual([])
})

it('deletes the data on npm run reset', async () => {
  expect(existsSync(join(home.stateDir, 'v3'))).toBe(true)
  expect((await runNpm(home, '-s', 'run', 'reset')).code).toBe(0)
  expect(readdirSync(home.stateDir)).toEqual([])
})

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('npm warn'))

const secretOf = (place: Home): string | undefined =>
  /^AUTH_SECRET=(.+)$/m.exec(readFileSync(join(place.stateDir, 'local.env'), 'utf8'))?.[1]

/**
 * Returns the processes with this home's port or folder in their command line: wrangler, its children and workerd.
 * Linux only, as CI is.
 */
function processesOf(place: Home): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => ({ pid: Number(name), command: commandOf(name) }))
    .filter(({ command }) => command.includes(`127.0.0.1:${place.env.PORT}`) || command.includes(place.stateDir))
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
