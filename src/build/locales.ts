/**
 * Sorts the locale files; with `--check` fails when one is unsorted or its keys or placeholders differ from en.json's.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { BUILT_IN_LANGUAGES } from '../domain/languages.ts'

const read = (language: string): Record<string, string> => JSON.parse(readFileSync(`locales/${language}.json`, 'utf8'))
const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join()
const english = read('en')
const problems: string[] = []

for (const language of BUILT_IN_LANGUAGES) {
  const texts = read(language)
  const sorted = `${JSON.stringify(Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`
  if (process.argv.includes('--check')) {
    if (sorted !== readFileSync(`locales/${language}.json`, 'utf8')) problems.push(`${language}.json is not sorted`)
  } else writeFileSync(`locales/${language}.json`, sorted)
  for (const [key, text] of Object.entries(english)) {
    if (!texts[key]) problems.push(`${language}.json lacks ${key}`)
    else if (placeholders(texts[key]) !== placeholders(text))
      problems.push(`${language}.json: placeholders of ${key} differ`)
  }
  for (const key of Object.keys(texts))
    if (!(key in english)) problems.push(`${language}.json has ${key}, en.json does not`)
}

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exitCode = 1
}
