// Answers that come after the rep went elsewhere do not take them along.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage } from './stage.mjs';

let stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

const SLOW = 700;

/** What the fake remembers of a session. */
function remembered(page, id) {
  return page.evaluate((wanted) => {
    const { stored } = JSON.parse(sessionStorage.getItem('sellme-fake'));
    return stored.map(({ session }) => session).find((session) => (wanted ? session.id === wanted : session.id.startsWith('new-')));
  }, id);
}

/** Goes to History, as a link or Alt+← would, and waits until everything asked before is long answered. */
async function leave(page) {
  await page.evaluate(() => {
    location.hash = '#/history';
  });
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  await page.waitForTimeout(SLOW * 3);
  assert.match(page.url(), /#\/history$/, 'the rep stays where they went');
}

const ways = {
  'scoring an open attempt': async (page) => {
    await page.getByRole('button', { name: 'Score it as it stands' }).click();
    await leave(page);
    assert.equal((await remembered(page, 'open-1')).status, 'COMPLETED');
  },
  'ending a talk': async (page) => {
    await page.getByRole('link', { name: 'Carry on' }).click();
    await page.getByRole('textbox', { name: 'What you say' }).waitFor();
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('button', { name: 'End and see the debrief' }).click();
    await leave(page);
    assert.equal((await remembered(page, 'open-1')).status, 'COMPLETED');
  },
  'leaving a talk unscored': async (page) => {
    await page.getByRole('link', { name: 'Carry on' }).click();
    await page.getByRole('textbox', { name: 'What you say' }).waitFor();
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('button', { name: 'Leave it unscored' }).click();
    await leave(page);
    assert.equal((await remembered(page, 'open-1')).status, 'ABANDONED');
  },
  'carrying on with a talk': async (page) => {
    await page.getByRole('link', { name: 'Carry on' }).click();
    // The talk is there, and its clock is on the way to be started.
    await page.locator('#resume').waitFor();
    await leave(page);
    assert.equal((await remembered(page, 'open-1')).paused, true, 'the clock stands still');
  },
  'starting the clock again': async (page) => {
    await page.evaluate(() => {
      location.hash = '#/talk/open-1';
    });
    await page.getByRole('button', { name: 'Carry on' }).click();
    await leave(page);
    assert.equal((await remembered(page, 'open-1')).paused, true, 'the clock stands still');
  },
  'opening the debrief of a talk that goes on': async (page) => {
    await page.evaluate(() => {
      location.hash = '#/debrief/open-1';
    });
    await page.getByText('One moment…').waitFor({ state: 'attached' });
    await leave(page);
  },
  'opening a talk that is over': async (page) => {
    await page.evaluate(() => {
      location.hash = '#/talk/sample-61';
    });
    await page.getByText('One moment…').waitFor({ state: 'attached' });
    await leave(page);
  },
  'starting a talk': async (page) => {
    await page.evaluate(() => {
      location.hash = '#/briefing/pilbara-knowledgeable-expert';
    });
    await page.locator('input[name=mode]:checked').waitFor();
    await page.getByRole('button', { name: 'Start talking' }).click();
    await leave(page);
    assert.equal((await remembered(page)).paused, true, 'the clock stands still');
  },
};

for (const [what, way] of Object.entries(ways)) {
  test(`who leaves while ${what} is being answered stays where they went`, async () => {
    const { page, complaints, close } = await stage.window(`?slow=${SLOW}`);
    await page.getByRole('link', { name: 'Carry on' }).waitFor();
    await way(page);
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('a deletion that is answered after the rep left Settings is not forgotten', async () => {
  const { page, complaints, close } = await stage.window(`?slow=${SLOW}#/settings`);
  await page.getByRole('button', { name: /Delete everything about me/ }).click();
  await page.getByLabel(/Type Dana Whitfield/).fill('Dana Whitfield');
  await page.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await page.evaluate(() => {
    location.hash = '#/history';
  });
  await page.getByLabel('What are you called?').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('who types a key before Settings knows everything goes on typing', async () => {
  const { page, complaints, close } = await stage.window(`?slow=${SLOW}#/settings?at=voice`);
  const field = page.getByLabel('Key of the service');
  await field.click();
  for (const part of ['sk-proj-', 'typed', '-early']) {
    await page.keyboard.type(part);
    await page.waitForTimeout(SLOW);
  }
  assert.equal(await field.inputValue(), 'sk-proj-typed-early');
  assert.deepEqual(complaints, []);
  await close();
});
