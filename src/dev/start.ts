/** Runs all of Facteur on this machine (`npm start`). Data stays in STATE_DIR; `npm run reset` deletes it. */
import { routes } from '../routes.ts'
import { applyMigrations } from './apply-migrations.ts'
import { endChildren, killChildren, outputOf, startChild } from './children.ts'
import { requestDemo } from './demo.ts'
import { startInbox } from './inbox.ts'
import { appUrl, inboxUrl, type LocalConfig, ROOT, readLocalConfig, requireFreePorts } from './local-config.ts'
import { readHookToken, writeLocalVariables } from './local-variables.ts'
import { claimStateDir } from './lock.ts'
import { createSignInLink } from './sign-in-link.ts'
import { startTicker } from './ticker.ts'
import { runAsProgram } from './user-error.ts'
import { startWorker } from './worker-process.ts'

async function start(): Promise<void> {
  const config = readLocalConfig(process.env)
  await requireFreePorts(config)
  claimStateDir(config)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end(0))
  process.once('exit', killChildren)

  console.log('Facteur is starting …')
  await build()
  const variablesFile = writeLocalVariables(config)
  await applyMigrations(config.stateDir)
  await startInbox(config, `http://127.0.0.1:${config.port}${routes.inboundMail(readHookToken(variablesFile))}`)
  const worker = await startWorker(config, variablesFile)
  await Promise.race([worker.crashed, welcome(config)])
  startTicker(config)
  await worker.crashed
}

async function welcome(config: LocalConfig): Promise<void> {
  const demo = await requestDemo(config)
  const link = await createSignInLink(demo.email, { config })
  console.log(`
  The app      ${appUrl(config)}
  The inbox    ${inboxUrl(config)}   (every mail the app sends ends here)
  Sign in      ${link}
               as ${demo.name} of ${demo.company}; works once, within 15 minutes. Another: npm run sign-in-link -- ${demo.email}
  The API      export FACTEUR_KEY=${demo.apiKey}
               ${appUrl(config)}${routes.docs} describes it; the README shows a first invoice.

  Ctrl-C ends everything. The data stays in ${config.stateDir}; npm run reset throws it away.`)
}

async function build(): Promise<void> {
  await outputOf(startChild(process.execPath, ['src/build/build.ts'], { cwd: ROOT, stdio: 'inherit' }), 'The build')
}

async function end(code: number): Promise<never> {
  await endChildren()
  process.exit(code)
}

await runAsProgram(start)
await end(Number(process.exitCode ?? 0))
