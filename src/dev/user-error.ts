/** Reports an error that the person at the keyboard can fix. It is shown as one message, without a stack. */
export class UserError extends Error {}

/** Runs a command of `src/dev/`: a UserError is printed as one message on stderr, any other error with its stack. */
export async function runAsProgram(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error)
    process.exitCode = 1
  }
}
