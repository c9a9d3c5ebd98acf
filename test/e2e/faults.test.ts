/** The short form of `npm run test:faults`. */
import { expect, it } from 'vitest'
import { runFaults } from '../faults/run'

it('loses no mail and sends none twice, while providers fail and the process is killed', async () => {
  const { figures, missed } = await runFaults({
    ...{ sends: 160, kills: 4, killsInFlight: 2, silences: 0, seed: 'short' },
    // So few mails share so many kills that more of them stay unknown than in the full form.
    deliveredShare: 0.9,
    say: () => {},
  })
  expect(missed).toEqual([])
  expect(figures).toMatchObject({ sends: 160, kills: 4, lost: 0, duplicates_with_key: 0, duplicates_unexplained: 0 })
})
