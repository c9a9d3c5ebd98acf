import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { isCompressed } from '../domain/file-type'

export interface ZipEntry {
  /** Path inside the archive, with slashes. */
  name: string
  bytes: Uint8Array
  /** Epoch ms. */
  at: number
}

/** A ZIP can't contain earlier times. */
const EARLIEST_MS = Date.UTC(1980, 0, 2)

/** Streams a ZIP of these files. Only one file is in memory at a time. */
export function zipStream(entries: AsyncIterable<ZipEntry>): ReadableStream<Uint8Array> {
  const files = entries[Symbol.asyncIterator]()
  const names = new Set<string>()
  let chunks: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk)
  })
  return new ReadableStream({
    async pull(controller) {
      const { value: entry, done } = await files.next()
      if (done) zip.end()
      else add(zip, names, entry)
      for (const chunk of chunks) controller.enqueue(chunk)
      chunks = []
      if (done) controller.close()
    },
  })
}

function add(zip: Zip, names: Set<string>, { name, bytes, at }: ZipEntry): void {
  const unique = uniqueName(names, name)
  const file = isCompressed(name) ? new ZipPassThrough(unique) : new ZipDeflate(unique, { level: 6 })
  file.mtime = Math.max(at, EARLIEST_MS)
  zip.add(file)
  file.push(bytes, true)
}

/** Returns a name that the archive does not contain yet: documents of different kinds may have the same one. */
function uniqueName(names: Set<string>, name: string): string {
  let unique = name
  for (let n = 2; names.has(unique); n++) unique = name.replace(/(\.\w+)?$/, `-${n}$1`)
  names.add(unique)
  return unique
}

/** Returns a file of indented JSON. */
export const jsonEntry = (name: string, value: unknown, at: number): ZipEntry => ({
  name,
  at,
  bytes: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`),
})
