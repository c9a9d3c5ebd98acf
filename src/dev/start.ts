/** `npm start`: the whole of Facteur on this machine. Data stays in STATE_DIR; `npm run reset` throws it away. */
import { endChildren, finish, killChildren, startChild } from './children.ts'
import { runAsProgram } from './complaint.ts'
import { seedDemo } from './demo.ts'
import { startInbox } from './inbox.ts'
import { writeLocalVariables } from './local-variables.ts'
import { claimStateDir } from './lock.ts'
import { appUrl, inboxUrl, type Place, ROOT, readPlace, requireFreePorts } from './place.ts'
import { createSignInLink } from './sign-in-link.ts'
import { startTicker } from './ticker.ts'
import { startWorker } from './worker-process.ts'
import { askWrangler } from './wrangler.ts'

const say = (text: string) => console.log(text)

async function start(): Promise<void> {
  const place = readPlace(process.env)
  await requireFreePorts(place)
  claimStateDir(place)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end(0))
  process.once('exit', killChildren)

  say('Facteur is starting …')
  await build()
  const variablesFile = writeLocalVariables(place)
  await askWrangler('d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', place.stateDir)
  await startInbox(place)
  const worker = await startWorker(place, variablesFile)
  await Promise.race([worker.crashed, welcome(place)])
  startTicker(place)
  await worker.crashed
}

async function welcome(place: Place): Promise<void> {
  const demo = await seedDemo(place)
  const link = await createSignInLink(demo.email, { place })
  say(`
  The app      ${appUrl(place)}
  The inbox    ${inboxUrl(place)}   (every mail the app sends ends here)
  Sign in      ${link}
               as ${demo.name} of ${demo.company}; works once, within 15 minutes. Another: npm run sign-in-link -- ${demo.email}

  Ctrl-C ends everything. The data stays in ${place.stateDir}; npm run reset throws it away.`)
}

async function build(): Promise<void> {
  await finish(startChild(process.execPath, ['src/build/build.ts'], { cwd: ROOT, stdio: 'inherit' }), 'The build')
}

async function end(code: number): Promise<never> {
  await endChildren()
  process.exit(code)
}

await runAsProgram(start)
await end(Number(process.exitCode ?? 0))
