/**
 * Proves that no mail is lost, and none sent twice, by providers that fail and a process that dies (`npm run test:faults`).
 * `-- --json` prints the figures as one object on the last line; `--seed=…` repeats a run. Exits with 1 if a bar is missed.
 */
import { parseArgs } from 'node:util'
import { runAsProgram } from '../../src/dev/user-error.ts'
import { answersDamagedCalls } from './damaged-calls.ts'
import { runFaults } from './run.ts'

await runAsProgram(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(Date.now()) },
      sends: { type: 'string', default: '2000' },
      kills: { type: 'string', default: '21' },
    },
  })
  const startedAt = performance.now()
  const say = (text: string) =>
    console.error(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${text}`)
  say(`Seed ${values.seed}`)
  const kills = Number(values.kills)
  const { figures, missed } = await runFaults({
    ...{ sends: Number(values.sends), kills, killsInFlight: Math.ceil(kills * 0.7), deliveredShare: 0.95 },
    ...{ silences: 12, seed: values.seed, say },
  })
  say('Calling the webhooks with damaged payloads …')
  if (!(await answersDamagedCalls())) missed.push('a damaged webhook call was not answered as it should')
  for (const sentence of missed) console.error(`Missed: ${sentence}`)
  for (const [name, figure] of Object.entries(figures)) console.log(`${name.padEnd(24)} ${JSON.stringify(figure)}`)
  if (values.json) console.log(JSON.stringify(figures))
  if (missed.length > 0) process.exitCode = 1
})
