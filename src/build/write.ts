import { readFileSync, writeFileSync } from 'node:fs'

/** Writes a file only where its content changed, so that watchers don't react. */
export function write(path: string, content: string): void {
  if (!isWritten(path, content)) writeFileSync(path, content)
}

function isWritten(path: string, content: string): boolean {
  try {
    return readFileSync(path, 'utf8') === content
  } catch {
    return false
  }
}
