import { expect, test } from 'vitest';
import { openFake } from '../../lib/backend/fake';
import { deletion } from './deletion';

const dana = ['user-1', 'Dana Whitfield'] as const;

test('after a deletion the person is gone, and who is there is known', async () => {
  const done = await deletion(openFake('', null), ...dana);
  expect(done).toMatchObject({ gone: true, refusal: null, boot: { profile: null, profiles: [] } });
  expect(done.sessions).toBeGreaterThan(10);
});

test('a deletion that was refused before it began has deleted nothing and says why', async () => {
  const done = await deletion(openFake('?fail=deleteEverything:database_busy', null), ...dana);
  expect(done).toMatchObject({ gone: false, sessions: null, refusal: { code: 'database_busy' }, boot: { profile: { id: 'user-1' } } });
});

test('a deletion that was held up after the rows were gone is a deletion', async () => {
  const done = await deletion(openFake('?fail=deleteEverything~:disk_full', null), ...dana);
  expect(done).toMatchObject({ gone: true, sessions: null, refusal: null, boot: { profile: null } });
});

test('where it cannot be asked what holds, the answer holds', async () => {
  expect(await deletion(openFake('?fail=boot:internal', null), ...dana)).toMatchObject({ gone: true, boot: null });
  const refused = await deletion(openFake('?fail=boot:internal,deleteEverything~:disk_full', null), ...dana);
  expect(refused).toMatchObject({ gone: false, refusal: { code: 'disk_full' }, boot: null });
});
