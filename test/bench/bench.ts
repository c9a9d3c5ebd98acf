/**
 * Measures the cost of a document, a mail, a send, a bulk send and a list in workerd, and prints a table
 * (`npm run bench`); with `-- --json` the last line of stdout is a JSON object. `-- --drain` measures only how mails leave. Writes the last
 * PDF of each size, one mail and the profiles of the drain to `.bench/`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUNDLE_LIMIT_KIB, buildBundle } from '../../src/dev/bundle.ts'
import { ROOT } from '../../src/dev/local-config.ts'
import { runAsProgram } from '../../src/dev/user-error.ts'
import { measureApi } from './api.ts'
import { measureBulk } from './bulk.ts'
import { measureDrain } from './drain.ts'
import { type Bench, startBench, startSink } from './harness.ts'
import { measureList } from './lists.ts'
import { printTable } from './report.ts'
import { measureCost, measureThroughput } from './sends.ts'
import { measureWaits } from './waits.ts'

const OUT_DIR = join(ROOT, '.bench')
const DOCUMENTS = 500
const MAILS = 2000
const ROUNDS = 5

async function measureDrawing(bench: Bench, lines: number): Promise<number> {
  const { ms, sha256 } = await inRounds(bench, 'draw-many', DOCUMENTS, { lines })
  const file = await bench.fetch(`/bench/draw-one?index=${DOCUMENTS - 1}&lines=${lines}`)
  writeFileSync(join(OUT_DIR, `invoice-${lines}-lines.pdf`), Buffer.from(await file.arrayBuffer()))
  console.error(
    `  ${DOCUMENTS} invoices of ${lines} lines: SHA-256 of all ${sha256.map((hash) => hash.slice(0, 12)).join(' ')}`,
  )
  return ms
}

async function measureMails(bench: Bench): Promise<number> {
  const { ms } = await inRounds(bench, 'render-many', MAILS, {})
  const mail = await bench.fetch(`/bench/render-one?index=${MAILS - 1}`)
  writeFileSync(join(OUT_DIR, 'mail.eml'), Buffer.from(await mail.arrayBuffer()))
  return ms
}

/**
 * Returns milliseconds each: `count` are made once, in rounds, and the quickest round counts, since other work of the
 * machine only adds.
 */
async function inRounds(bench: Bench, name: string, count: number, query: Record<string, number>) {
  const size = count / ROUNDS
  // Other documents come first, so that code is compiled before it is timed, as in a running isolate.
  await bench.ask(name, { ...query, from: 10_000, count: size })
  const rounds: { ms: number; sha256: string }[] = []
  for (let from = 0; from < count; from += size) rounds.push(await bench.ask(name, { ...query, from, count: size }))
  return { ms: Math.min(...rounds.map((round) => round.ms)) / size, sha256: rounds.map((round) => round.sha256) }
}

async function measure() {
  const say = (text: string) => console.error(text)
  say('Bundle …')
  const bundle_gzip_kib = (await buildBundle('.bench/bundle')).gzipKib
  say('Draining …')
  const drain = await measureDrain()
  const sink = await startSink()
  const bench = await startBench(sink.port)
  try {
    say('Drawing and rendering …')
    const rendering = {
      pdf_ms_5_lines: await measureDrawing(bench, 5),
      pdf_ms_100_lines: await measureDrawing(bench, 100),
      mail_ms: await measureMails(bench),
    }
    say('Sending …')
    const sends = { ...(await measureThroughput(bench, sink)), ...(await measureCost(bench)) }
    say('Waiting behind bulk …')
    const waits = await measureWaits(bench, sink)
    say('Sending in bulk …')
    const bulk = await measureBulk(bench)
    say('Calling the API …')
    const api = await measureApi(bench)
    say('Listing …')
    return {
      ...rendering,
      ...sends,
      ...drain,
      ...waits,
      ...bulk,
      ...api,
      ...(await measureList(bench)),
      bundle_gzip_kib,
    }
  } finally {
    await bench.close()
    sink.close()
  }
}

await runAsProgram(async () => {
  mkdirSync(OUT_DIR, { recursive: true })
  const numbers = process.argv.includes('--drain') ? await measureDrain() : await measure()
  printTable(numbers, BUNDLE_LIMIT_KIB)
  if (process.argv.includes('--json')) console.log(JSON.stringify(numbers))
})
