/** Something the person at the keyboard can mend: shown as its one message, without a stack. */
export class Complaint extends Error {}

/** Runs a command of `src/dev/` as a program: a Complaint is one clear message on stderr, anything else keeps its stack. */
export async function runAsProgram(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Complaint ? error.message : error)
    process.exitCode = 1
  }
}
